/**
 * Own the other panels of the trustees' page: waiting, comparing codes, the count, the stops.
 */

import { h } from "../booth/dom.js";
import { awaited } from "./frame.js";
import { pushButton, readAloud } from "./parts.js";

/** Make a panel of a heading and sentences. */
export function sayingPanel(heading, ...sentences) {
  return [h("h2", {}, heading), sentences.filter(Boolean).map((words) => h("p", {}, words))];
}

/** Make the panel of someone whose part is done while others are awaited. */
export function waitingPanel(say, state) {
  const given = state.trustees.filter(({ decrypted }) => decrypted).length;
  // Enough keys are enough: the page does not send for a third party that is not needed.
  if (state.phase === "decrypt" && given >= state.threshold) {
    return sayingPanel(say("enough_heading"), say("enough_detail", { n: given }));
  }
  const names = awaited(state).map(({ name }) => name);
  const line = names.length > 0 ? say("awaited", { names: names.join(say("list_comma")) }) : say("working_detail");
  return sayingPanel(say("awaited_heading"), line);
}

/** Make the panel that stops everything because something is not true; it is red and cannot be passed. */
export function badPanel(say, state, error) {
  const from = state.trustees.find(({ index }) => index === error.trustee);
  const code = error.code ?? "unreadable";
  const where = error.box ? `${code}-${error.box}` : code;
  return h(
    "div",
    { class: "y-note y-note-danger", role: "alert" },
    h("h2", {}, say("bad_heading")),
    h("p", {}, say("bad_detail")),
    h("p", {}, from ? say("bad_from", { name: from.name, code: where }) : say("bad_code", { code: where })),
  );
}

/** Make the panel after "different, stop". */
export function stoppedPanel(say, told) {
  return h(
    "div",
    { class: "y-note y-note-danger", role: "alert" },
    h("h2", {}, say("stopped_heading")),
    h("p", {}, say("stopped_detail")),
    told ? h("p", {}, say("stopped_told")) : null,
  );
}

/** Make the question whether a code is the same everywhere: two answers of equal size. */
export function comparePanel(say, words, codes, onSame, onDifferent) {
  return [
    h("h2", {}, say(words.heading)),
    h("p", {}, say(words.detail)),
    codes.map(({ label, hex }) => [label ? h("p", { class: "code-label" }, label) : null, readAloud(hex)]),
    words.line ? h("p", { class: "ink2" }, words.line) : null,
    words.warning ? h("p", { class: "y-note y-note-wait" }, words.warning) : null,
    h(
      "div",
      { class: "y-btns two-answers" },
      pushButton(say(words.same), onSame, true),
      pushButton(say("different"), onDifferent),
    ),
    h("p", { class: "ink2" }, say(words.after)),
  ];
}

/** Make the panel of the running count: {nodes, show(done, total)}. */
export function countingPanel(say) {
  const bar = h("progress", { max: "1", value: "0", "aria-label": say("counting_heading") });
  const line = h("p", { class: "ink2 num" });
  const show = (done, total) => {
    bar.max = Math.max(total, 1);
    bar.value = done;
    line.textContent = say("counting_detail", { done, total });
  };
  return { nodes: [h("h2", {}, say("counting_heading")), bar, line], show };
}

/** Make the panel of a failed request: nothing was handed in. */
export function retryPanel(say, sentence, onRetry) {
  return [
    h("p", { class: "y-note y-note-wait", role: "alert" }, sentence),
    h("div", { class: "y-btns" }, pushButton(say("try_again"), onRetry, true)),
  ];
}
