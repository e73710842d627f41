/**
 * Own the review screen: the choices in words, what a missing answer means in law, the owner's own weight.
 */

import { isContest, mostMarks } from "./choices.js";
import { h } from "./dom.js";
import { button, note } from "./frame.js";
import { optionWords } from "./words.js";

/** What the server states as changes left where the rules set no limit. */
export const UNLIMITED = 99;

/** Make the review screen {parts, actions}. view: {say, language, booth, choices, empty, onConfirm, onBack, onChange(at)}. */
export function reviewScreen(view) {
  const { say, booth } = view;
  const after = [changesLine(say, booth), say("receipt_is_silent"), say("reload_loses")];
  return {
    parts: [
      h("div", {}, h("h1", {}, say("review")), h("p", { class: "lead" }, say("not_yet_cast"))),
      view.empty ? h("div", { role: "alert" }, note("wait", say("nothing_chosen"))) : null,
      h("ul", { class: "y-cells" }, booth.matters.map((_, at) => matterCell(view, at))),
      weightCard(view),
      h("div", { class: "ink2 after" }, after.map((line) => h("p", {}, line))),
    ],
    actions: [button(say("confirm"), view.onConfirm), button(say("back_to_change"), view.onBack, false)],
  };
}

function matterCell({ say, booth, choices, onChange }, at) {
  const { title } = booth.matters[at];
  const answered = choices.isAnswered(at);
  const label = say("change_label", { n: at + 1, title });
  return h(
    "li",
    { class: answered ? "y-cell" : "y-cell y-cell-warn" },
    h(
      "div",
      { class: "y-cell-text" },
      h("p", { class: "cell-label" }, h("span", {}, say("item", { n: at + 1 })), h("span", {}, title)),
      answered ? answerWords(say, booth.matters[at], choices, at) : missingWords(say),
    ),
    h(
      "button",
      { type: "button", class: "y-link cell-change", "aria-label": label, click: () => onChange(at) },
      say(answered ? "change" : "choose"),
    ),
  );
}

function missingWords(say) {
  return [
    h("p", { class: "cell-answer y-cell-main" }, say("unanswered")),
    h("p", { class: "cell-more" }, say("unanswered_meaning")),
  ];
}

function answerWords(say, matter, choices, at) {
  if (!isContest(matter)) {
    return matter.options
      .filter((_, answer) => choices.isPicked(at, answer))
      .map((words) => h("p", { class: "cell-answer" }, optionWords(say, words)));
  }
  if (choices.isAbstained(at)) {
    return [
      h("p", { class: "cell-answer" }, say("abstained")),
      h("p", { class: "cell-more" }, say("abstain_meaning")),
    ];
  }
  const names = matter.candidates.filter(({ answer }) => choices.isPicked(at, answer));
  return [
    names.map(({ name }) => h("p", { class: "cell-answer" }, name)),
    h("p", { class: "cell-more" }, say("picked", { n: names.length, seats: mostMarks(matter) })),
  ];
}

function weightCard({ say, language, booth }) {
  const { heads, area, units } = booth.voter;
  const doors = units.map((unit) => doorName(unit, language)).join(say("list_comma"));
  return h(
    "section",
    { class: "y-card weight" },
    h(
      "p",
      { class: "weight-row" },
      h("span", {}, say("your_ballot")),
      h("b", {}, h("span", {}, say("heads", { n: heads })), h("span", {}, `${area}㎡`)),
    ),
    h("p", { class: "cell-more" }, say("weight_source", { units: doors })),
  );
}

/** Write a door "3-1-1202" as people say it; other codes stay as they are on the roll. */
function doorName(unit, language) {
  const parts = /^(\d+)-(\d+)-(\d+)$/.exec(unit);
  if (parts === null || language === "en") return unit;
  return `${parts[1]}栋${parts[2]}单元${parts[3].replace(/^0+(?=\d{3})/, "")}`;
}

/** Tell what may still be changed after this vote; UNLIMITED of the server means any number of times. */
function changesLine(say, { ballots, changes_left: left }) {
  const after = ballots > 0 ? left - 1 : left;
  if (left >= UNLIMITED) return say("any_changes_after");
  const words = after > 0 ? say("changes_after", { n: after }) : say("no_changes_after");
  return ballots > 0 ? say("replaces") + words : words;
}
