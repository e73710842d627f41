/**
 * Own what surrounds every booth screen: the action bar and the help line, both at the lower edge.
 */

import { h } from "./dom.js";
import { phone } from "./pictures.js";

/** Make the lower edge: optional action bar, and the help line unless the page shell has one already. */
export function foot(say, booth, ...actions) {
  const bar = actions.length > 0 ? h("div", { class: "action-bar" }, actions) : null;
  const help = document.querySelector("[data-help-line]") === null ? helpLine(say, booth) : null;
  if (bar === null && help === null) return null;
  return h("div", { class: "booth-foot" }, bar, help);
}

/** Make the help line: the phone number to call, and the way to a paper ballot when there is one. */
export function helpLine(say, booth) {
  const number = booth?.help?.phone;
  if (!number) return null;
  const { text } = booth.help;
  return h(
    "div",
    { class: "help-line" },
    h("a", { href: `tel:${number}` }, phone(), `${say("help")} `, h("b", {}, number), text ? `（${text}）` : null),
    booth.urls?.paper ? h("a", { href: booth.urls.paper }, say("paper")) : null,
  );
}

/** Make a full-width button. */
export function button(words, press, main = true) {
  return h("button", { type: "button", class: main ? "btn btn-main" : "btn btn-line", click: press }, words);
}

/** Make a note: kind is info, wait, danger or done. */
export function note(kind, ...children) {
  return h("p", { class: `note note-${kind}` }, children);
}
