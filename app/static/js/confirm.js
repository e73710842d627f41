/**
 * Own the question before an act that cannot be taken back: a form or link with data-confirm asks first.
 *
 * data-confirm: the question; data-confirm-yes, data-confirm-no: the words of the two buttons. Without this module the form is
 * sent without the question, so the server never relies on it.
 */

import { h } from "../booth/dom.js";

const WORDS = { zh: ["确认", "先不"], en: ["Confirm", "Not now"] };

/** Show the question; resolves true only when "yes" was pressed. */
export function ask(question, yes, no) {
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const dialog = h(
      "dialog",
      { class: "ask", "aria-labelledby": "ask-question" },
      h("p", { id: "ask-question" }, question),
      h(
        "div",
        { class: "y-btns" },
        h("button", { type: "button", class: "y-btn y-btn-main", click: close("yes") }, yes),
        h("button", { type: "button", class: "y-btn y-btn-plain", click: close("no") }, no),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm ? event.submitter : form;
  const { confirm: question, confirmYes, confirmNo } = asking.dataset;
  if (!question || form.dataset.confirmed === "yes") return;
  event.preventDefault();
  const { submitter } = event;
  const words = WORDS[document.documentElement.lang.startsWith("en") ? "en" : "zh"];
  if (!(await ask(question, confirmYes ?? words[0], confirmNo ?? words[1]))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
});
