/**
 * Own the way of a ballot from choices to receipt: enrol if needed, seal, keep the sealed bytes, send, forget them.
 *
 * The sealed bytes are kept before the first attempt, so that every attempt sends the same ballot.
 */

import { ballotTracker, createBallot } from "./ballot.js";
import { credentialFrom, generateCredential, provePossession } from "./credential.js";
import { getJson, postText, Refused } from "./net.js";

/** Thrown when the receipt names another ballot than the one sent. */
export class ReceiptMismatch extends Error {
  constructor() {
    super("receipt_mismatch");
    this.name = "ReceiptMismatch";
  }
}

/** One owner's dealings with the ballot box on this device. */
export class Casting {
  constructor({ boothUrl, booth, election, store, tables }) {
    this.boothUrl = boothUrl;
    this.booth = booth;
    this.election = election;
    this.store = store;
    this.tables = tables;
    this.key = `${election.uuid}|${booth.voter.number}`;
    this.sealed = null;
    this.tried = null;
  }

  /** Look for a ballot sealed earlier on this device that has no receipt. */
  async findSealed() {
    this.sealed = await this.store.readSealed(this.key);
    return this.sealed !== null;
  }

  /** Seal the choices unless a sealed ballot is waiting already, then send. Raises NoAnswer, Refused, ReceiptMismatch. */
  async cast(vectors) {
    if (this.sealed === null) {
      const credential = await this.#enrolledCredential();
      const text = await createBallot(this.election, credential, vectors, this.tables());
      await this.store.keepSealed(this.key, text);
      this.sealed = text;
    }
    return this.send();
  }

  /** Send the sealed bytes. A refusal that says whether the ballot counts is final and ends the waiting. */
  async send() {
    const { cast } = this.booth.urls;
    let receipt;
    try {
      receipt = await postText(cast, this.sealed, this.booth.csrf);
    } catch (error) {
      if (error instanceof Refused && error.counted !== null) await this.#forget();
      throw error;
    }
    if (receipt.tracker !== (await ballotTracker(this.sealed))) throw new ReceiptMismatch();
    await this.#forget();
    return receipt;
  }

  async #forget() {
    await this.store.forgetSealed(this.key);
    this.sealed = null;
  }

  /** Return the credential enrolled for this voter, making and enrolling one when this device does not hold its secret. */
  async #enrolledCredential() {
    const secret = await this.store.readSecret(this.key);
    if (secret !== null) {
      const kept = credentialFrom(secret);
      if (String(kept.publicKey) === this.booth.credential) return kept;
    }
    // After a lost answer the same credential is enrolled again: a second one would count as a lost phone.
    this.tried ??= generateCredential();
    await this.store.keepSecret(this.key, this.tried.secret);
    await this.#enrol(this.tried);
    return this.tried;
  }

  async #enrol(credential) {
    const name = String(credential.publicKey);
    const proof = await provePossession(this.election.uuid, this.booth.voter.number, credential);
    try {
      const answer = await postText(
        this.booth.urls.enrol,
        JSON.stringify({ credential: name, proof }),
        this.booth.csrf,
      );
      if (answer.credential !== name) throw new ReceiptMismatch();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
      const now = await getJson(this.boothUrl);
      if (now.credential !== name) throw error;
    }
    this.booth.credential = name;
  }
}
