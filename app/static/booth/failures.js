/**
 * Own the table from what went wrong to what the owner is told; every line says whether the vote counts.
 */

import { NoAnswer, Refused } from "./net.js";
import { ReceiptMismatch } from "./casting.js";

/** Tell {heading, kind, lines, doNext} for a failed cast; doNext is "retry", "sign_in", "final" or "stop". */
export function explainFailure(error, sealed, say) {
  if (error instanceof NoAnswer) {
    const detail = say(sealed ? "no_answer_detail" : "no_answer_before_seal");
    return { heading: say("no_answer"), kind: "wait", lines: [detail], doNext: "retry" };
  }
  if (error instanceof ReceiptMismatch) {
    return {
      heading: say("receipt_mismatch"),
      kind: "danger",
      lines: [say("receipt_mismatch_detail")],
      doNext: "stop",
    };
  }
  if (!(error instanceof Refused)) {
    return { heading: say("server_trouble"), kind: "danger", lines: [say("server_trouble_detail")], doNext: "retry" };
  }
  if (error.counted !== null) {
    const verdict = say(error.counted ? "counted" : "not_counted");
    // The server's own sentence usually says it already; it is not said twice.
    const lines = error.sentence.includes(verdict) ? [error.sentence] : [error.sentence, verdict];
    return { heading: say("refused"), kind: error.counted ? "info" : "danger", lines, doNext: "final" };
  }
  if (error.status === 401 || error.status === 403) {
    return {
      heading: say("sign_in_again"),
      kind: "wait",
      lines: [error.sentence || say("sign_in_again_detail"), error.sentence ? say("sign_in_again_detail") : null],
      doNext: "sign_in",
    };
  }
  return {
    heading: say("server_trouble"),
    kind: "danger",
    lines: [error.sentence || say("server_trouble_detail"), error.sentence ? say("not_counted") : null],
    doNext: "retry",
  };
}
