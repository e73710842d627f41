/**
 * Own a trustee's session: follow the state of the ceremony and show the one thing this trustee has to do.
 *
 * The opened key lives in page memory only. Source: app/crypto/PROTOCOL.md 3 (Trustees).
 */

import { h, replace } from "../booth/dom.js";
import { sha256Hex } from "../booth/encoding.js";
import { getJson, NoAnswer, postText, Refused } from "../booth/net.js";
import { takeDecryption, takeRehearsal, takeRound2, takeRound3, verifyRounds } from "./ceremony.js";
import { hasDone, showFrame } from "./frame.js";
import { makePanel, openPanel, savePanel } from "./key_panels.js";
import { areaText, countClosedBox, CountDiffers, mayOpen } from "./opening.js";
import {
  badPanel,
  comparePanel,
  countingPanel,
  retryPanel,
  sayingPanel,
  stoppedPanel,
  waitingPanel,
} from "./panels.js";
import { pushButton } from "./parts.js";
import { jointKey, makeRound1 } from "./protocol.js";
import { trusteeSpeaker } from "./words.js";

const POLL_MS = 3000;

/** Write a state without its CSRF token, which is new each time. */
function withoutToken(state) {
  return JSON.stringify({ ...state, csrf: "" });
}

/** One trustee before the page. */
export class TrusteeSession {
  constructor(root) {
    this.root = root;
    this.say = trusteeSpeaker(root.dataset.lang === "en" ? "en" : "zh");
    this.secrets = null;
    this.isSame = false;
    this.opened = null;
  }

  async open() {
    replace(this.root, h("p", {}, this.say("loading")));
    await this.#refresh();
  }

  /** Fetch the state and go on from it. */
  async #refresh() {
    try {
      this.state = await getJson(this.root.dataset.stateUrl);
    } catch (error) {
      this.#failed(error, () => this.#refresh());
      return;
    }
    await this.#act();
  }

  /** Look again in a while; the page is redrawn only when the state has changed. */
  #poll() {
    setTimeout(async () => {
      let next;
      try {
        next = await getJson(this.root.dataset.stateUrl);
      } catch (error) {
        if (error instanceof NoAnswer) this.#poll();
        else this.#failed(error, () => this.#refresh());
        return;
      }
      const isNews = withoutToken(next) !== withoutToken(this.state);
      this.state = next;
      if (isNews) await this.#act();
      else this.#poll();
    }, POLL_MS);
  }

  /** Show or do what the present state asks of this trustee. */
  async #act() {
    const { state, say } = this;
    const me = state.trustees.find(({ index }) => index === state.index);
    if (state.phase === "waiting" || state.phase === "done") {
      this.#panel([
        sayingPanel(say(`${state.phase}_heading`), say(`${state.phase}_detail`)),
        state.urls.decrypt ? pushButton(say("to_opening"), () => location.assign(state.urls.decrypt), true) : null,
      ]);
      if (state.phase === "waiting") this.#poll();
      return;
    }
    if (hasDone(state, me)) {
      this.#panel(waitingPanel(say, state));
      this.#poll();
      return;
    }
    if (state.phase === "round1") this.#makeKey();
    else if (this.secrets === null) this.#openKey();
    else if (state.phase === "rehearsal") await this.#rehearse();
    else if (state.phase === "decrypt") await this.#count();
    else await this.#takeRound(state.phase === "round2" ? takeRound2 : takeRound3);
  }

  #makeKey() {
    const { say, state } = this;
    const onMade = (made) => {
      const onSaved = async () => {
        this.secrets = made.secrets;
        await this.#post(() => makeRound1(made.secrets, state));
      };
      this.#panel(savePanel(say, state, made, onSaved));
    };
    this.#panel(makePanel(say, state, onMade));
  }

  #openKey() {
    this.#panel(
      openPanel(this.say, this.state, (secrets) => {
        this.secrets = secrets;
        this.#act();
      }),
    );
  }

  async #takeRound(make) {
    this.#panel(sayingPanel(this.say("working_heading"), this.say("working_detail")));
    await this.#post(() => make(this.state, this.secrets));
  }

  async #rehearse() {
    if (this.isSame) {
      await this.#takeRound(takeRehearsal);
      return;
    }
    const { say } = this;
    this.#panel(sayingPanel(say("working_heading")));
    let code;
    try {
      const { commitments } = await verifyRounds(this.state, 3);
      code = await sha256Hex(String(jointKey(commitments)));
    } catch (error) {
      this.#bad(error);
      return;
    }
    const words = { heading: "compare_heading", detail: "compare_detail", same: "same", after: "compare_after" };
    const onSame = () => {
      this.isSame = true;
      this.#act();
    };
    const codes = [{ hex: code.slice(0, 32) }];
    this.#panel(comparePanel(say, words, codes, onSame, () => this.#stop(code)));
  }

  async #count() {
    const { say } = this;
    const { nodes, show } = countingPanel(say);
    this.#panel(nodes);
    try {
      this.opened = await countClosedBox(this.state, show);
    } catch (error) {
      if (error instanceof NoAnswer || error instanceof Refused) this.#failed(error, () => this.#refresh());
      else this.#bad(error);
      return;
    }
    const { count, seals, closesAt } = this.opened;
    const codes = [
      { label: say("seal_area"), hex: seals.area.slice(0, 16) },
      { label: say("seal_heads"), hex: seals.heads.slice(0, 16) },
    ];
    const early = closesAt !== null && Date.now() < Date.parse(closesAt);
    const words = {
      heading: "seal_heading",
      detail: "seal_detail",
      same: "hand_over",
      after: "hand_over_detail",
      warning: early ? say("clock_early") : null,
      line: say("box_line", {
        ballots: count.ballots,
        counted: count.counted,
        heads: count.heads.total,
        area: areaText(count.area.total),
      }),
    };
    this.#panel(comparePanel(say, words, codes, () => this.#decrypt(), () => this.#stop(seals.area)));
  }

  async #decrypt() {
    const { say } = this;
    if (!mayOpen(this.state, this.opened)) {
      this.#panel(h("p", { class: "y-note y-note-danger", role: "alert" }, say("already_other")));
      return;
    }
    this.#panel(sayingPanel(say("decrypting")));
    await this.#post(() => takeDecryption(this.state, this.secrets, this.opened.count));
  }

  /** Make the message and post it. A message that cannot be made truthfully stops the page; a lost request may be repeated. */
  async #post(make) {
    let message;
    try {
      message = await make();
    } catch (error) {
      this.#bad(error);
      return;
    }
    await this.#send(JSON.stringify(message));
  }

  async #send(text) {
    try {
      await postText(this.state.urls.post, text, this.state.csrf);
    } catch (error) {
      this.#failed(error, () => this.#send(text));
      return;
    }
    await this.#refresh();
  }

  /** Stop because two people read different codes; the server is told where it offers an address for that. */
  async #stop(code) {
    const url = this.state.urls.stop;
    let told = false;
    this.#panel(stoppedPanel(this.say, told));
    if (!url) return;
    try {
      await postText(url, JSON.stringify({ phase: this.state.phase, code }), this.state.csrf);
      told = true;
    } catch {
      told = false;
    }
    this.#panel(stoppedPanel(this.say, told));
  }

  #bad(error) {
    const { say, state } = this;
    if (error instanceof CountDiffers) {
      const { mine, their } = error;
      this.#panel(
        h(
          "div",
          { class: "y-note y-note-danger", role: "alert" },
          h("h2", {}, say("count_differs")),
          h("p", {}, say("count_line", { mine, their })),
        ),
      );
      return;
    }
    if (error.code === "not_closed") {
      this.#panel(sayingPanel(say("not_closed")));
      return;
    }
    this.#panel(badPanel(say, state, error));
  }

  #failed(error, again) {
    const { say } = this;
    const signedOut = error instanceof Refused && error.status === 401;
    const sentence = error instanceof Refused ? error.sentence : "";
    const words = signedOut ? say("sign_in_again") : sentence || say("no_answer");
    const panel = retryPanel(say, words, signedOut ? () => location.reload() : again);
    if (this.state === undefined) replace(this.root, h("h1", {}, say("heading_keys")), panel);
    else this.#panel(panel);
  }

  #panel(nodes) {
    showFrame(this.root, this.say, this.state, nodes);
    this.root.dataset.phase = this.state.phase;
    // What was pressed is gone; the focus goes to what is said now, so that it is read out.
    const heading = this.root.querySelector(".panel h2, .panel p");
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
  }
}
