/**
 * Own the trustee's key file: secrets under a passphrase, in the format "yeyi-trustee-key/1".
 *
 * PBKDF2-SHA256 with 600,000 rounds, AES-256-GCM, bound to election and trustee number. Enough for ever: x_j is recomputed
 * from dk and the published round 2 shares.
 */

import { fromBase64, toBase64 } from "../booth/encoding.js";
import { readScalar } from "../booth/group.js";

const FORMAT = "yeyi-trustee-key/1";
const ITERATIONS = 600000;
const utf8 = new TextEncoder();

/** Fewest characters of a passphrase. */
export const PASSPHRASE_LENGTH = 12;

/** Thrown when a key file cannot be opened: not_a_key_file, other_election, other_trustee, wrong_passphrase. */
export class KeyFileError extends Error {
  constructor(code) {
    super(code);
    this.name = "KeyFileError";
    this.code = code;
  }
}

/** Write the secrets {sk, dk, coefficients} as the text of a key file. */
export async function sealKeyFile(uuid, index, secrets, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = JSON.stringify({
    sk: String(secrets.sk),
    dk: String(secrets.dk),
    coefficients: secrets.coefficients.map(String),
  });
  const aesKey = await deriveKey(passphrase, salt, "encrypt");
  const sealed = await crypto.subtle.encrypt(mode(uuid, index, iv), aesKey, utf8.encode(plain));
  return JSON.stringify({
    format: FORMAT,
    election: uuid,
    index,
    kdf: { name: "PBKDF2-SHA256", iterations: ITERATIONS, salt: toBase64(salt) },
    iv: toBase64(iv),
    ciphertext: toBase64(new Uint8Array(sealed)),
  });
}

/** Open the text of a key file; return {sk, dk, coefficients} or raise KeyFileError. */
export async function openKeyFile(text, uuid, index, passphrase) {
  const file = readFile(text);
  if (file.election !== uuid) throw new KeyFileError("other_election");
  if (file.index !== index) throw new KeyFileError("other_trustee");
  let plain;
  try {
    const aesKey = await deriveKey(passphrase, fromBase64(file.kdf.salt), "decrypt");
    const opened = await crypto.subtle.decrypt(
      mode(uuid, index, fromBase64(file.iv)),
      aesKey,
      fromBase64(file.ciphertext),
    );
    plain = new TextDecoder().decode(opened);
  } catch {
    throw new KeyFileError("wrong_passphrase");
  }
  return readSecrets(plain);
}

function readFile(text) {
  try {
    const file = JSON.parse(text.trim());
    const { name, iterations } = file.kdf;
    // Suite parameters are constants, never read from input: a file may not ask for a weaker derivation.
    if (file.format === FORMAT && name === "PBKDF2-SHA256" && iterations === ITERATIONS) return file;
  } catch {
    throw new KeyFileError("not_a_key_file");
  }
  throw new KeyFileError("not_a_key_file");
}

function readSecrets(plain) {
  try {
    const { sk, dk, coefficients } = JSON.parse(plain);
    return { sk: readScalar(sk), dk: readScalar(dk), coefficients: coefficients.map(readScalar) };
  } catch {
    throw new KeyFileError("not_a_key_file");
  }
}

async function deriveKey(passphrase, salt, use) {
  // The same characters typed on different keyboards must give the same bytes.
  const bytes = utf8.encode(passphrase.normalize("NFC"));
  const material = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    [use],
  );
}

function mode(uuid, index, iv) {
  return { name: "AES-GCM", iv, additionalData: utf8.encode(`${FORMAT}|${uuid}|${index}`) };
}
