/**
 * Own hashing, base64 and random scalars of the protocol in the browser.
 *
 * Source: app/crypto/PROTOCOL.md 2 (SHA, H, B64). Randomness and SHA-256 are the browser's own (WebCrypto).
 */

import { modQ, Q } from "./group.js";

const utf8 = new TextEncoder();

/** Return the SHA-256 of a string (as UTF-8) or of bytes, 32 bytes. */
export async function sha256(message) {
  const bytes = typeof message === "string" ? utf8.encode(message) : message;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Write bytes as lower-case hexadecimal digits. */
export function toHex(bytes) {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Return the SHA-256 as 64 hexadecimal digits. */
export async function sha256Hex(message) {
  return toHex(await sha256(message));
}

/** Return B64(s): SHA-256 in standard base64 without padding, 43 characters. */
export async function b64Sha(message) {
  return toBase64(await sha256(message)).replace(/=+$/, "");
}

/** Return H(s): SHA-256 as a big-endian integer modulo q. */
export async function hashToZq(message) {
  return modQ(BigInt(`0x${await sha256Hex(message)}`));
}

/** Write bytes as standard base64 with padding. */
export function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Read standard base64; raises when it is not base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Draw a scalar uniformly from 0 .. q-1 by rejection; never by reduction, which would be biased. */
export function randomScalar() {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const x = BigInt(`0x${toHex(bytes)}`);
    if (x < Q) return x;
  }
}

/** Draw a secret key uniformly from 1 .. q-1. */
export function randomSecret() {
  for (;;) {
    const x = randomScalar();
    if (x !== 0n) return x;
  }
}
