/**
 * Own the panels about the key file: make it, prove that it is saved, open it again.
 *
 * Each panel resolves a promise with the opened secrets {sk, dk, coefficients}; the passphrase is not kept after that.
 */

import { h } from "../booth/dom.js";
import { getText } from "../booth/net.js";
import { KeyFileError, openKeyFile, PASSPHRASE_LENGTH, sealKeyFile } from "./keyfile.js";
import { download, field, form, keySheet, pushButton, submitButton } from "./parts.js";
import { drawSecrets } from "./protocol.js";

/** Show the panel that makes a key; calls onMade({secrets, text, passphrase}). */
export function makePanel(say, state, onMade) {
  const first = field(
    say("passphrase"),
    { name: "passphrase", type: "password", autocomplete: "new-password", required: true },
    say("passphrase_hint"),
  );
  const second = field(say("passphrase_again"), {
    name: "passphrase-again",
    type: "password",
    autocomplete: "new-password",
    required: true,
  });
  const press = submitButton(say("make"));
  const submit = async () => {
    const passphrase = first.input.value;
    const isShort = [...passphrase].length < PASSPHRASE_LENGTH;
    const differs = passphrase !== second.input.value;
    // The first wrong field is told last, because telling moves the focus.
    second.fail(differs ? say("passphrase_differs") : null);
    first.fail(isShort ? say("passphrase_short") : null);
    if (isShort || differs) return;
    press.disabled = true;
    press.textContent = say("making");
    const secrets = drawSecrets(state.threshold);
    const text = await sealKeyFile(state.election.uuid, state.index, secrets, passphrase);
    onMade({ secrets, text, passphrase });
  };
  return [
    h("h2", {}, say("make_heading")),
    h("p", {}, say("make_detail")),
    form(submit, first.row, second.row, h("div", {}, press)),
  ];
}

/** Show the panel that has the key saved and proves it by opening the saved file; calls onSaved(). */
export function savePanel(say, state, { secrets, text, passphrase }, onSaved) {
  const name = `yeyi-key-${state.election.uuid}-${state.index}.json`;
  const proof = field(say("prove"), { name: "proof", type: "file", accept: ".json,application/json" });
  const done = h("p", { class: "y-note y-note-done", hidden: true, role: "status" }, say("prove_ok"));
  let proved = false;
  proof.input.addEventListener("change", async () => {
    proved = false;
    done.hidden = true;
    const failure = await whySavedFileFails(say, state, proof.input.files[0], secrets, passphrase);
    proof.fail(failure);
    proved = failure === null;
    done.hidden = !proved;
  });
  const submit = () => {
    if (proved) onSaved();
    else proof.fail(say("prove_missing"));
  };
  return [
    h("h2", {}, say("save_heading")),
    h("p", {}, say("save_detail")),
    /MicroMessenger/.test(navigator.userAgent) ? h("p", { class: "y-note y-note-wait" }, say("wechat")) : null,
    form(
      submit,
      h(
        "div",
        { class: "y-btns" },
        pushButton(say("download"), () => download(name, text)),
        pushButton(say("print"), () => window.print()),
      ),
      proof.row,
      done,
      h("div", {}, submitButton(say("post_round1"))),
    ),
    keySheet(say, state, text),
  ];
}

async function whySavedFileFails(say, state, file, secrets, passphrase) {
  if (file === undefined) return say("prove_missing");
  try {
    const opened = await openKeyFile(await file.text(), state.election.uuid, state.index, passphrase);
    return opened.sk === secrets.sk && opened.dk === secrets.dk ? null : say("prove_differs");
  } catch (error) {
    return say(error instanceof KeyFileError ? error.code : "not_a_key_file");
  }
}

/** Show the panel that opens a saved key; calls onOpened(secrets). */
export function openPanel(say, state, onOpened) {
  const file = field(say("key_file"), { name: "key-file", type: "file", accept: ".json,application/json" });
  const pasted = field(say("key_text"), { name: "key-text", rows: "4" });
  const passphrase = field(say("passphrase_only"), {
    name: "passphrase",
    type: "password",
    autocomplete: "current-password",
  });
  const press = submitButton(say("open"));
  const open = async (text, words) => {
    press.disabled = true;
    press.textContent = say("opening");
    try {
      onOpened(await openKeyFile(text, state.election.uuid, state.index, words));
    } catch (error) {
      const code = error instanceof KeyFileError ? error.code : "not_a_key_file";
      (code === "wrong_passphrase" ? passphrase : file).fail(say(code));
    }
    press.disabled = false;
    press.textContent = say("open");
  };
  const submit = async () => {
    file.fail(null);
    passphrase.fail(null);
    const text = file.input.files[0] ? await file.input.files[0].text() : pasted.input.value;
    if (text.trim() === "") file.fail(say("file_missing"));
    else await open(text, passphrase.input.value);
  };
  return [
    h("h2", {}, say("open_heading")),
    h("p", {}, say("open_detail")),
    form(
      submit,
      file.row,
      h("details", { class: "y-more" }, h("summary", {}, say("key_paste")), pasted.row),
      passphrase.row,
      h("div", { class: "y-btns" }, press, demoButton(say, state, { file, pasted, passphrase, open })),
    ),
  ];
}

/**
 * Offer the demo's key where the server has one.
 *
 * It answers the key file, and then the passphrase is still typed; or {"file": its text, "passphrase": words}.
 */
function demoButton(say, state, fields) {
  const url = state.urls.demo_key;
  if (!url) return null;
  return pushButton(say("demo_key"), async () => {
    let text;
    let answer;
    try {
      text = await getText(url);
      answer = JSON.parse(text);
    } catch {
      fields.file.fail(say("demo_missing"));
      return;
    }
    if (typeof answer.passphrase === "string") {
      await fields.open(answer.file, answer.passphrase);
      return;
    }
    fields.pasted.input.value = text;
    fields.pasted.row.closest("details").open = true;
    fields.passphrase.input.focus();
  });
}
