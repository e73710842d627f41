/**
 * Own what surrounds every booth screen: the action bar and the help line at the lower edge of the page shell.
 */

import { h, replace } from "./dom.js";
import { phone } from "./pictures.js";

/**
 * Show the actions of the present screen in the shell's sticky foot.
 *
 * A shell without a foot gets one inside the root, with the help line, so that no screen is without a phone number.
 */
export function showActions(root, say, booth, actions) {
  const shell = document.querySelector(".y-foot-in") ?? makeFoot(root);
  let bar = shell.querySelector(".y-act");
  if (bar === null) {
    bar = h("div", { class: "y-act" });
    shell.prepend(bar);
  }
  const shown = actions.filter(Boolean);
  bar.hidden = shown.length === 0;
  replace(bar, shown);
  if (shell.querySelector(".y-helpline") === null) shell.append(...[helpLine(say, booth)].filter(Boolean));
}

function makeFoot(root) {
  const inner = h("div", { class: "y-foot-in" });
  root.after(h("footer", { class: "y-foot" }, inner));
  return inner;
}

/** Make the help line: the phone number to call, and the way to a paper ballot when there is one. */
function helpLine(say, booth) {
  const number = booth?.help?.phone;
  if (!number) return null;
  const { text } = booth.help;
  return h(
    "div",
    { class: "y-helpline" },
    h(
      "a",
      { href: `tel:${number.replace(/[^0-9+]/g, "")}` },
      phone(),
      h("span", {}, `${say("help")} `, h("b", {}, number), text ? `（${text}）` : null),
    ),
    booth.urls?.paper ? h("a", { href: booth.urls.paper }, say("paper")) : null,
  );
}

/** Make a full-width button; one main button per screen. */
export function button(words, press, main = true) {
  const look = main ? "y-btn y-btn-main y-btn-wide" : "y-btn y-btn-wide";
  return h("button", { type: "button", class: look, click: press }, words);
}

/** Make a note: kind is info, wait, danger or done. */
export function note(kind, ...children) {
  return h("p", { class: `y-note y-note-${kind}` }, children);
}
