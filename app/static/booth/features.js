/**
 * Own the question whether this browser can keep a ballot or a key secret. There is no weaker way behind it.
 *
 * Written in the language of the first browsers with modules, because it must run where the rest cannot.
 */

import { openStore } from "./store.js";

/** Return the word keys of what the browser lacks; empty when it has everything. */
export async function findLacks() {
  const lacks = [];
  if (typeof BigInt !== "function") lacks.push("lack_bigint");
  if (!window.crypto || !crypto.subtle || typeof crypto.subtle.digest !== "function") lacks.push("lack_subtle");
  if (!window.crypto || typeof crypto.getRandomValues !== "function") lacks.push("lack_random");
  try {
    await openStore();
  } catch (error) {
    lacks.push("lack_store");
  }
  return lacks;
}

/**
 * Run a page's main module when the browser can; otherwise say in words what is missing and what to do.
 *
 * start() imports and opens the module; say() gives the words of the page.
 */
export async function startWhenAble(root, say, start) {
  const lacks = await findLacks();
  if (lacks.length > 0) {
    showRefusal(root, say, lacks);
    return;
  }
  try {
    await start();
  } catch (error) {
    if (error instanceof SyntaxError) showRefusal(root, say, ["lack_language"]);
    else showWords(root, say("cannot_open"), [say("cannot_open_detail")]);
  }
}

function showRefusal(root, say, lacks) {
  const missing = lacks.map((key) => say(key)).join(say("list_comma"));
  showWords(root, say("no_browser"), [say("no_browser_detail", { missing }), say("no_browser_what")]);
}

function showWords(root, heading, lines) {
  root.textContent = "";
  root.dataset.screen = "unsupported";
  const title = document.createElement("h1");
  title.textContent = heading;
  title.setAttribute("tabindex", "-1");
  root.appendChild(title);
  for (const line of lines) {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    root.appendChild(paragraph);
  }
  title.focus();
}
