/**
 * Own the question whether this browser can keep a ballot secret. There is no weaker way to vote behind it.
 */

import { openStore } from "./store.js";

/** Return {store, missing}: the opened store, or null and the word keys of what is lacking. */
export async function checkBrowser() {
  const missing = [];
  if (typeof BigInt !== "function") missing.push("lack_bigint");
  if (typeof crypto?.subtle?.digest !== "function") missing.push("lack_subtle");
  if (typeof crypto?.getRandomValues !== "function") missing.push("lack_random");
  let store = null;
  try {
    store = await openStore();
  } catch {
    missing.push("lack_store");
  }
  return { store: missing.length === 0 ? store : null, missing };
}
