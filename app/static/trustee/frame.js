/**
 * Own the frame of the trustees' page: heading, one card per key holder, the steps, the lock line.
 */

import { h, replace } from "../booth/dom.js";
import { key, lock } from "../booth/pictures.js";

const STEPS = ["round1", "round2", "round3", "rehearsal", "decrypt"];

/** Show the page of one state with the given panel. panel: nodes. */
export function showFrame(root, say, state, panel) {
  const opening = ["decrypt", "done"].includes(state.phase);
  const { title } = state.election;
  replace(
    root,
    h(
      "div",
      { class: "y-head" },
      h(
        "div",
        { class: "y-head-text" },
        h("h1", {}, say(opening ? "heading_open" : "heading_keys")),
        h("p", {}, say("subtitle", { title, size: state.size, threshold: state.threshold })),
      ),
    ),
    h("ul", { class: "y-keys" }, state.trustees.map((trustee) => keyCard(say, state, trustee))),
    h(
      "div",
      { class: "y-cols" },
      h("section", { class: "y-card panel" }, panel),
      h("section", { class: "y-card y-stack-m" }, h("h2", {}, say("steps")), steps(say, state)),
    ),
    h("p", { class: "y-perm" }, lock(), say("lock")),
  );
}

/** Tell whether a trustee has done what the phase asks. */
export function hasDone(state, trustee) {
  const rounds = { round1: 1, round2: 2, round3: 3 };
  if (state.phase in rounds) return trustee.round >= rounds[state.phase];
  if (state.phase === "rehearsal") return trustee.rehearsed;
  if (state.phase === "decrypt" || state.phase === "done") return trustee.decrypted;
  return true;
}

/** Name the trustees who are awaited, without oneself. */
export function awaited(state) {
  return state.trustees.filter((trustee) => trustee.index !== state.index && !hasDone(state, trustee));
}

function keyCard(say, state, trustee) {
  const mine = trustee.index === state.index;
  const done = hasDone(state, trustee);
  const [look, words] = done ? ["y-key-done", doneWords(state.phase)] : mine ? ["y-key-you", "card_now"] : ["y-key-absent", absentWords(state)];
  return h(
    "li",
    { class: `y-key ${look}` },
    key(),
    h("h3", {}, trustee.name, mine ? say("you") : null),
    h("p", { class: "y-key-state" }, say(words)),
  );
}

function doneWords(phase) {
  if (phase === "rehearsal") return "card_done_rehearsal";
  if (phase === "decrypt" || phase === "done") return "card_done_decrypt";
  return phase === "waiting" ? "card_ready" : "card_done_round";
}

function absentWords(state) {
  if (!["decrypt", "done"].includes(state.phase)) return "card_waiting";
  const present = state.trustees.filter((trustee) => trustee.decrypted || trustee.index === state.index).length;
  return present >= state.threshold ? "card_unneeded" : "card_waiting";
}

function steps(say, state) {
  const now = state.phase === "done" ? STEPS.length : state.phase === "waiting" ? 4 : STEPS.indexOf(state.phase);
  return h(
    "ol",
    { class: "y-ticks" },
    STEPS.map((step, at) => {
      const isNow = at === now && state.phase !== "waiting";
      const [item, node] = at < now ? ["reached", "done"] : isNow ? ["now", "number"] : ["next", "next"];
      return h(
        "li",
        { class: item, "aria-current": isNow ? "step" : null },
        h("span", { class: `y-node y-node-${node}`, "aria-hidden": "true" }, at < now ? "✓" : String(at + 1)),
        h("b", {}, say(`step_${step}`)),
      );
    }),
  );
}
