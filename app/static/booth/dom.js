/**
 * Own the building of page elements from code: text goes in as text nodes only, never as markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. attributes: class, id, ...; a function value is an event listener ("click"); false/null is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

/** Make an SVG picture from path data; decorative unless a label is given. */
export function svg(className, viewBox, paths, label = null) {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("class", className);
  element.setAttribute("viewBox", viewBox);
  if (label === null) element.setAttribute("aria-hidden", "true");
  else {
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
  }
  element.setAttribute("focusable", "false");
  for (const data of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", data);
    element.append(path);
  }
  return element;
}

/** Replace everything inside a root element. */
export function replace(root, ...children) {
  const parts = document.createDocumentFragment();
  append(parts, children);
  root.replaceChildren(parts);
}

/** Show a screen from its top and give its heading the focus, so that screen readers announce it. */
export function focusHeading(root) {
  window.scrollTo(0, 0);
  const heading = root.querySelector("h1");
  if (heading === null) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

function append(parent, children) {
  for (const child of children.flat(4)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}
