/**
 * Own the ballot screen: one card per matter, or one question per page in large type.
 *
 * All options look alike; nothing is chosen beforehand.
 */

import { isContest, mostMarks } from "./choices.js";
import { h } from "./dom.js";
import { button, note } from "./frame.js";
import { localVoice, toggleReading } from "./listen.js";
import { lock, person, sound } from "./pictures.js";
import { optionWords } from "./words.js";

/**
 * Make the ballot screen: {parts, actions}.
 *
 * view: {say, language, booth, choices, page (a number in large type, else null), warning (word key or null),
 * onReview, onPage(page)}.
 */
export function ballotScreen(view) {
  const { booth, page } = view;
  const shown = page === null ? booth.matters.map((_, at) => at) : [page];
  const progress = h("div", { class: "y-act-line", role: "status" });
  view.refresh = () => showProgress(view, progress);
  const cards = shown.map((at) => matterCard(view, at));
  view.refresh();
  const form = { class: "ballot y-stack", autocomplete: "off", submit: (event) => event.preventDefault() };
  return {
    parts: [
      page === null ? top(view) : pageTop(view),
      view.warning ? note("wait", view.say(view.warning)) : null,
      h("form", form, cards),
    ],
    actions: page === null ? [progress, reviewButton(view)] : pageButtons(view),
  };
}

function top({ say, booth }) {
  return [
    h("h1", { class: "visually-hidden" }, `${say("heading")}：${booth.title}`),
    h("div", { class: "deadline" }, h("b", {}, booth.closes_text), h("span", {}, booth.left_text)),
    h("p", { class: "y-note secrecy" }, booth.secret ? lock() : null, say(booth.secret ? "secret" : "named")),
  ];
}

function pageTop({ say, booth, page }) {
  const total = booth.matters.length;
  return h(
    "div",
    { class: "y-progress page-step" },
    h("h1", {}, say("page", { n: page + 1, total })),
    h("ol", { "aria-hidden": "true" }, booth.matters.map((_, at) => h("li", { class: at <= page ? "on" : null }))),
  );
}

function reviewButton({ say, onReview }) {
  return button(say("to_review"), onReview);
}

function pageButtons(view) {
  const { say, booth, page, onPage } = view;
  const last = page === booth.matters.length - 1;
  return [
    last ? reviewButton(view) : button(say("next"), () => onPage(page + 1)),
    page > 0 ? button(say("previous"), () => onPage(page - 1), false) : null,
  ];
}

function showProgress({ say, booth, choices }, line) {
  const missing = choices.unanswered().map((at) => at + 1);
  const total = booth.matters.length;
  line.replaceChildren(
    h("span", {}, say("answered", { n: total - missing.length, total })),
    h(
      "span",
      {},
      missing.length === 0
        ? say("missing_none")
        : say("missing_one", { list: missing.join(say("list_comma")) }),
    ),
  );
}

function matterCard(view, at) {
  const { say, booth, page } = view;
  const matter = booth.matters[at];
  const body = isContest(matter) ? candidateRows(view, at) : optionRows(view, at);
  return h(
    "fieldset",
    { class: page === null ? "y-card matter" : "matter matter-alone", id: `matter-${at}` },
    h(
      "legend",
      { class: "matter-legend" },
      page === null ? h("span", { class: "step" }, say("step", { n: at + 1, total: booth.matters.length })) : null,
      h("h2", { tabindex: "-1" }, matter.title),
    ),
    listenButton(view, matter),
    matter.summary ? h("p", { class: "summary" }, matter.summary) : null,
    materials(say, matter.materials ?? []),
    body,
  );
}

/** Make the button that reads the matter; not offered where the device has no voice of its own. */
function listenButton({ say, language, page }, matter) {
  const voice = localVoice(language);
  if (voice === null) return null;
  const words = [matter.title, matter.summary, ...(matter.options ?? matter.candidates.map(({ name }) => name))];
  const read = () => toggleReading(words.join("。"), voice);
  return h("button", { type: "button", class: page === null ? "y-link listen" : "y-btn y-btn-wide", click: read }, sound(), say("listen"));
}

function materials(say, list) {
  if (list.length === 0) return null;
  const link = ({ title, url }, words) =>
    h(
      "a",
      { href: url, target: "_blank", rel: "noopener" },
      words,
      h("span", { class: "visually-hidden" }, ` ${title}${say("opens_beside")}`),
    );
  if (list.length === 1) return h("p", { class: "materials" }, link(list[0], say("material")));
  return h(
    "details",
    { class: "materials" },
    h("summary", {}, say("materials", { n: list.length })),
    h("ul", {}, list.map((item) => h("li", {}, link(item, item.title)))),
  );
}

function optionRows(view, at) {
  const { say, booth, choices } = view;
  const rows = booth.matters[at].options.map((words, answer) => {
    const input = h("input", { type: "radio", name: `matter-${at}`, value: String(answer) });
    input.checked = choices.isPicked(at, answer);
    input.addEventListener("change", () => {
      choices.choose(at, answer);
      view.refresh();
    });
    return optionRow(say, input, optionWords(say, words));
  });
  return [h("div", { class: "y-opts" }, rows), h("p", { class: "ink2 hint" }, say("abstain_meaning"))];
}

function optionRow(say, input, words) {
  return h(
    "label",
    { class: "y-opt" },
    input,
    h(
      "span",
      { class: "y-opt-row" },
      h("span", { class: "y-opt-box" }),
      h("span", { class: "y-opt-text" }, words),
      h("span", { class: "y-opt-on", "aria-hidden": "true" }, say("chosen")),
    ),
  );
}

function candidateRows(view, at) {
  const { say, booth, choices } = view;
  const { candidates } = booth.matters[at];
  const seats = mostMarks(booth.matters[at]);
  const counter = h("p", { class: "slots-words", "aria-live": "polite" });
  const boxes = h("span", { class: "slots", "aria-hidden": "true" });
  const inputs = candidates.map(({ answer }) =>
    h("input", { type: "checkbox", name: `matter-${at}`, value: String(answer) }),
  );
  const none = h("input", { type: "checkbox", name: `matter-${at}`, value: "none" });
  const rows = candidates.map((candidate, index) => candidateRow(say, candidate, inputs[index]));
  const noneRow = optionRow(say, none, say("none_of_them"));

  const show = () => {
    const taken = choices.count(at);
    inputs.forEach((input, index) => {
      input.checked = choices.isPicked(at, candidates[index].answer);
      // At the limit the other rows are off, and the line above says why.
      input.disabled = taken >= seats && !input.checked;
    });
    none.checked = choices.isAbstained(at);
    boxes.replaceChildren(...Array.from({ length: seats }, (_, n) => h("i", { class: n < taken ? "on" : null })));
    counter.replaceChildren(say("slots", { seats }), h("b", {}, say("slots_taken", { n: taken })));
    if (taken >= seats) counter.append(h("span", { class: "slots-full" }, say("full", { seats })));
    view.refresh();
  };
  inputs.forEach((input, index) =>
    input.addEventListener("change", () => {
      choices.toggle(at, candidates[index].answer, input.checked);
      show();
    }),
  );
  none.addEventListener("change", () => {
    choices.abstain(at, none.checked);
    show();
  });
  show();
  return [
    booth.matters[at].summary ? null : h("p", { class: "summary" }, say("candidates", { n: candidates.length, seats })),
    h("div", { class: "slots-row" }, boxes, counter),
    h("div", { class: "y-opts" }, rows, noneRow),
  ];
}

function candidateRow(say, { name, building, introduction, photo_url: photo }, input) {
  const face = photo
    ? h("img", { src: photo, alt: "", width: "56", height: "67" })
    : person();
  return h(
    "label",
    { class: "y-opt" },
    input,
    h(
      "span",
      { class: "y-opt-row y-cand" },
      h("span", { class: "y-opt-box" }),
      face,
      h(
        "span",
        { class: "y-opt-text" },
        h(
          "span",
          { class: "cand-head" },
          h("b", {}, name),
          building ? h("span", { class: "cand-home" }, say("building", { building })) : null,
        ),
        introduction ? h("span", { class: "cand-text" }, introduction) : null,
      ),
    ),
  );
}
