/**
 * Own the entrance of the trustees' page: check the browser first, then load the session.
 */

import { startWhenAble } from "../booth/features.js";
import { trusteeSpeaker } from "./words.js";

const root = document.getElementById("trustee");
if (root !== null) {
  startWhenAble(root, trusteeSpeaker(root.dataset.lang), async () => {
    const { TrusteeSession } = await import("./session.js");
    await new TrusteeSession(root).open();
  });
}
