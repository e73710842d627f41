/**
 * Own the entrance of the voter's booth: check the browser first, then load the booth.
 */

import { startWhenAble } from "./features.js";
import { speaker } from "./words.js";

const root = document.getElementById("booth");
if (root !== null) {
  startWhenAble(root, speaker(root.dataset.lang), async () => {
    const { Visit } = await import("./visit.js");
    await new Visit(root).open();
  });
}
