/**
 * Own a visit to the voter's booth: open the ballot, go from screen to screen, cast once, leave for the receipt.
 *
 * The choice lives in memory only: no storage, no address, no history entry, no request holds it.
 * Source: app/crypto/PROTOCOL.md 3 and 4, app/ballots/README.md (what the page gets and sends).
 */

import { ballotScreen } from "./ballot_screen.js";
import { Casting } from "./casting.js";
import { Choices, findMismatch } from "./choices.js";
import { focusHeading, replace } from "./dom.js";
import { parseElection, prepareTables } from "./election.js";
import { explainFailure } from "./failures.js";
import { openStore } from "./store.js";
import { button, showActions } from "./frame.js";
import { alreadyScreen, messageScreen, sendingScreen } from "./message_screens.js";
import { getJson, Refused } from "./net.js";
import { reviewScreen } from "./review_screen.js";
import { speaker } from "./words.js";

/** One visit to the booth. */
export class Visit {
  constructor(root) {
    this.root = root;
    this.language = root.dataset.lang === "en" ? "en" : "zh";
    this.say = speaker(this.language);
    this.screen = "opening";
    this.page = 0;
    this.jump = null;
    this.done = false;
    this.sending = false;
    this.empty = false;
    this.warning = null;
  }

  /** Fetch the ballot and show the screen that fits: sealed ballot, already voted, or the ballot. Rejects without storage. */
  async open() {
    const store = await openStore();
    this.#show(messageScreen({ heading: this.say("loading"), lines: [] }), "opening");
    try {
      this.booth = await getJson(this.root.dataset.boothUrl);
    } catch (error) {
      this.#cannotOpen(error);
      return;
    }
    if (await this.#isSound()) await this.#start(store);
  }

  async #isSound() {
    let code;
    try {
      this.election = await parseElection(this.booth.election.raw);
      const { fingerprint, uuid } = this.booth.election;
      const same = this.election.fingerprint === fingerprint && this.election.uuid === uuid;
      code = same ? findMismatch(this.election, this.booth.matters) : "fingerprint_differs";
    } catch (error) {
      code = error.code ?? "unreadable";
    }
    if (code === null) return true;
    const { say } = this;
    const lines = [say("mismatch_detail"), code];
    this.#show(messageScreen({ heading: say("mismatch"), kind: "danger", lines }), "mismatch");
    return false;
  }

  async #start(store) {
    this.choices = new Choices(this.booth.matters);
    this.casting = new Casting({
      boothUrl: this.root.dataset.boothUrl,
      booth: this.booth,
      election: this.election,
      store,
      tables: () => this.#tables(),
    });
    if (history.state?.screen === "review") this.warning = "reloaded";
    history.replaceState({ screen: "ballot", page: 0 }, "");
    window.addEventListener("popstate", (event) => this.#onHistory(event.state));
    window.addEventListener("pageshow", (event) => {
      // A page kept alive by the browser after a vote is out of date: open it afresh, which never sends.
      if (event.persisted && this.done) location.reload();
    });
    new MutationObserver(() => this.#onTypeSize()).observe(document.documentElement, { attributeFilter: ["class"] });
    if (await this.casting.findSealed()) {
      await this.#send(true);
      return;
    }
    if (this.booth.ballots > 0) this.#already();
    else this.#ballot();
    // The tables take some 30 ms; made while the owner reads, they are not waited for.
    setTimeout(() => this.#tables(), 300);
  }

  #tables() {
    this.made ??= prepareTables(this.election);
    return this.made;
  }

  #isLarge() {
    return document.documentElement.classList.contains("large");
  }

  #onTypeSize() {
    const large = this.#isLarge();
    if (large === this.shownLarge || this.screen !== "ballot") return;
    this.#ballot(false);
  }

  #already() {
    const onChange = () => this.#ballot();
    this.#show(alreadyScreen({ say: this.say, booth: this.booth, onChange }), "already");
  }

  #ballot(focus = true) {
    const large = this.#isLarge();
    this.shownLarge = large;
    const view = {
      say: this.say,
      language: this.language,
      booth: this.booth,
      choices: this.choices,
      page: large ? this.page : null,
      warning: this.warning,
      onReview: () => this.#go({ screen: "review" }),
      onPage: (page) => this.#go({ screen: "ballot", page }),
    };
    this.#show(ballotScreen(view), "ballot", focus);
  }

  #review() {
    this.warning = null;
    const view = {
      say: this.say,
      language: this.language,
      booth: this.booth,
      choices: this.choices,
      empty: this.empty,
      onConfirm: () => this.#confirm(),
      onBack: () => history.back(),
      onChange: (at) => {
        this.jump = at;
        history.back();
      },
    };
    this.#show(reviewScreen(view), "review");
  }

  #go(place) {
    history.pushState(place, "");
    this.#onHistory(place);
  }

  #onHistory(place) {
    if (this.sending || this.done || !["ballot", "review"].includes(this.screen)) return;
    if (place?.screen === "review") {
      this.#review();
      return;
    }
    const target = this.jump;
    this.jump = null;
    this.empty = false;
    this.page = target ?? place?.page ?? 0;
    this.#ballot(target === null);
    if (target !== null) this.#reach(target);
  }

  /** Bring the matter that is to be changed into view, with the focus on its title. */
  #reach(at) {
    const title = this.root.querySelector(`#matter-${at} h2`);
    title.scrollIntoView({ block: "center" });
    title.focus({ preventScroll: true });
  }

  #confirm() {
    if (this.choices.unanswered().length === this.booth.matters.length) {
      this.empty = true;
      this.#review();
      return;
    }
    this.#send(false);
  }

  /** Send once: a second press, or the back button meanwhile, finds the flag set. */
  async #send(again) {
    if (this.sending || this.done) return;
    this.sending = true;
    this.#show(sendingScreen({ say: this.say, again }), "sending");
    // One turn of the event loop, so that the screen is painted before the encryption holds the thread.
    await new Promise((resolve) => setTimeout(resolve, 30));
    try {
      const receipt = await this.casting.cast(this.choices.vectors(this.election));
      this.#leave(receipt);
    } catch (error) {
      this.sending = false;
      this.#failed(error);
    }
  }

  #leave(receipt) {
    this.done = true;
    this.choices = new Choices(this.booth.matters);
    const target = new URL(receipt.receipt_url, location.href);
    location.replace(target.origin === location.origin ? target.href : this.booth.urls.my_ballot);
  }

  #failed(error) {
    const { say, booth } = this;
    const sealed = this.casting.sealed !== null;
    const { heading, kind, lines, doNext } = explainFailure(error, sealed, say);
    const reload = () => location.reload();
    const myBallot = () => location.assign(booth.urls.my_ballot);
    const actions = {
      retry: () => [button(say("try_again"), () => this.#send(sealed))],
      sign_in: () => [button(say("sign_in"), reload)],
      final: () => [button(say("see_my_ballot"), myBallot), button(say("start_again"), reload, false)],
      stop: () => [button(say("see_my_ballot"), myBallot, false)],
    };
    this.#show(messageScreen({ heading, kind, lines, actions: actions[doNext]() }), "failed");
  }

  #cannotOpen(error) {
    const { say } = this;
    const sentence = error instanceof Refused ? error.sentence : "";
    const signIn = error instanceof Refused && [401, 403].includes(error.status);
    this.#show(
      messageScreen({
        heading: say(signIn ? "sign_in_again" : "cannot_open"),
        kind: "wait",
        lines: [sentence || say(signIn ? "sign_in_again_detail" : "cannot_open_detail")],
        actions: [button(say(signIn ? "sign_in" : "try_again"), () => location.reload())],
      }),
      "failed",
    );
  }

  #show({ parts, actions }, screen, focus = true) {
    this.screen = screen;
    this.root.dataset.screen = screen;
    replace(this.root, parts);
    // Before the ballot has come, the shell may know the phone number.
    const booth = this.booth ?? { help: { phone: this.root.dataset.helpPhone } };
    showActions(this.root, this.say, booth, actions);
    if (focus && screen !== "opening") focusHeading(this.root);
  }
}
