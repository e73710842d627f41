/**
 * Own the small parts of the trustees' panels: fields, buttons, codes, the printed key sheet.
 */

import { h } from "../booth/dom.js";
import { encode } from "../vendor/qr/qr.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make a labelled field: {row, input, fail(words)}; fail shows or clears the field's error. */
export function field(label, attributes, hint = null) {
  const id = `field-${attributes.name}`;
  const input = h(attributes.rows ? "textarea" : "input", { id, class: "y-ctl", autocomplete: "off", ...attributes });
  const error = h("p", { class: "y-error", id: `${id}-error`, hidden: true });
  const row = h(
    "div",
    { class: "y-field" },
    h("label", { class: "y-label", for: id }, label),
    hint ? h("p", { class: "y-help", id: `${id}-hint` }, hint) : null,
    input,
    error,
  );
  input.setAttribute("aria-describedby", [hint ? `${id}-hint` : null, `${id}-error`].filter(Boolean).join(" "));
  const fail = (words) => {
    error.hidden = words === null;
    error.textContent = words ?? "";
    input.setAttribute("aria-invalid", String(words !== null));
    row.classList.toggle("y-field-bad", words !== null);
    if (words !== null) input.focus();
  };
  return { row, input, fail };
}

/** Make a form of fields with buttons; Enter submits. */
export function form(submit, ...children) {
  return h(
    "form",
    {
      class: "y-form",
      autocomplete: "off",
      submit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    children,
  );
}

export function submitButton(words) {
  return h("button", { type: "submit", class: "y-btn y-btn-main y-btn-big" }, words);
}

export function pushButton(words, press, main = false) {
  const look = main ? "y-btn y-btn-main y-btn-big" : "y-btn y-btn-plain y-btn-big";
  return h("button", { type: "button", class: look, click: press }, words);
}

/** Make a code to be read aloud: hexadecimal digits in groups of four, four groups a row. */
export function readAloud(hex) {
  const groups = hex.toUpperCase().match(/.{4}/g);
  return h("p", { class: "y-seal" }, groups.map((group) => h("span", {}, group)));
}

/** Offer a text as a file. */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Make the QR code of a text as SVG. */
export function qrCode(text, label) {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const dark = [];
  data.forEach((row, y) => row.forEach((on, x) => on && dark.push(`M${x} ${y}h1v1h-1z`)));
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "qr");
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("shape-rendering", "crispEdges");
  const ground = document.createElementNS(SVG, "path");
  ground.setAttribute("d", `M0 0h${size}v${size}h-${size}z`);
  ground.setAttribute("fill", "#fff");
  const modules = document.createElementNS(SVG, "path");
  modules.setAttribute("d", dark.join(""));
  modules.setAttribute("fill", "#000");
  picture.append(ground, modules);
  return picture;
}

/** Make the sheet that is seen only on paper: what the key is for, its QR code, its text. */
export function keySheet(say, state, text) {
  const { title } = state.election;
  const mine = state.trustees.find(({ index }) => index === state.index);
  return h(
    "div",
    { class: "key-sheet" },
    h("h2", {}, say("sheet_title")),
    h("p", {}, say("sheet_line", { title, index: state.index, size: state.size })),
    h("p", {}, mine.name),
    qrCode(text, say("sheet_title")),
    h("p", {}, say("sheet_help")),
    h("p", { class: "y-hash" }, text),
  );
}
