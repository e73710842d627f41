/**
 * Own the booth's short screens: opening, sending, refusals. Each says what happened, whether the vote counts, what to do.
 */

import { h } from "./dom.js";
import { button, note } from "./frame.js";
import { UNLIMITED } from "./review_screen.js";

/** Make a screen {parts, actions} with one heading, notes or sentences, and buttons. */
export function messageScreen({ heading, kind = null, lines, actions = [] }) {
  const sentences = lines.filter(Boolean);
  const [first, ...others] = sentences;
  return {
    parts: [
      h("h1", {}, heading),
      first ? (kind ? note(kind, first) : h("p", { class: "lead" }, first)) : null,
      others.map((line) => h("p", {}, line)),
    ],
    actions,
  };
}

/** Make the screen shown while the ballot travels; nothing on it can be pressed. */
export function sendingScreen({ say, again }) {
  const words = again ? "resending" : "sending";
  return {
    parts: h(
      "div",
      { class: "sending", role: "status" },
      h("h1", {}, say(words)),
      h("progress", { "aria-label": say(words) }),
      h("p", { class: "lead" }, say(`${words}_detail`)),
    ),
    actions: [],
  };
}

/** Make the screen for an owner who has voted: the receipt first, changing second. */
export function alreadyScreen({ say, booth, onChange }) {
  const left = booth.changes_left;
  const changes = left >= UNLIMITED ? "already_any" : left > 0 ? "already_changes" : "already_final";
  return messageScreen({
    heading: say("already"),
    kind: "done",
    lines: [say(changes, { n: left }), say("receipt_is_silent")],
    actions: [
      button(say("see_my_ballot"), () => location.assign(booth.urls.my_ballot)),
      left > 0 ? button(say("change_ballot"), onChange, false) : null,
    ],
  });
}
