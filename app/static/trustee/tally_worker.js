/**
 * Own the count outside the page's thread, so that the page stays alive while a thousand ballots are summed.
 */

import { countBox } from "./tally.js";

self.addEventListener("message", async ({ data: { election, text, weights } }) => {
  try {
    const result = await countBox(election, text, weights, (done, total) => self.postMessage({ done, total }));
    self.postMessage({ result });
  } catch (error) {
    self.postMessage({ failure: { code: error.code ?? "unreadable", box: error.box ?? null } });
  }
});
