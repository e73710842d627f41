/**
 * Own where the count runs: in a module worker, or in slices on the page's thread where the browser has no such worker.
 */

import { BoxError, countBox } from "./tally.js";

/** Count the box away from the page's thread; same arguments and result as countBox(). */
export async function countAside(election, text, weights, onProgress) {
  const worker = startWorker();
  if (worker === null) {
    return countBox(election, text, weights, async (done, total) => {
      onProgress(done, total);
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  }
  try {
    return await runWorker(worker, { election, text, weights }, onProgress);
  } finally {
    worker.terminate();
  }
}

function startWorker() {
  try {
    return new Worker(new URL("./tally_worker.js", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

function runWorker(worker, task, onProgress) {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => {
      if (data.result) resolve(data.result);
      else if (data.failure) reject(new BoxError(data.failure.code, data.failure.box));
      else onProgress(data.done, data.total);
    });
    worker.addEventListener("error", () => reject(new BoxError("worker_failed")));
    worker.postMessage(task);
  });
}
