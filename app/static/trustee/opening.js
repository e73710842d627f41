/**
 * Own the opening of the box: count it here, compare with what the server states, decide whether it may be decrypted.
 */

import { sha256Hex } from "../booth/encoding.js";
import { getText } from "../booth/net.js";
import { verifyRounds } from "./ceremony.js";
import { countAside } from "./counting.js";
import { CeremonyError } from "./protocol.js";

/** Thrown when the own count and the server's statement differ: {mine, their}. */
export class CountDiffers extends Error {
  constructor(mine, their) {
    super("count_differs");
    this.name = "CountDiffers";
    this.mine = mine;
    this.their = their;
  }
}

/**
 * Count the closed box; return {count, seals: {area, heads}} with the SHA-256 of both encrypted sums as in the archive.
 *
 * Raises CeremonyError, BoxError, CountDiffers, NoAnswer, Refused. Nothing is counted before the election is closed.
 */
export async function countClosedBox(state, onProgress) {
  if (state.phase !== "decrypt") throw new CeremonyError("not_closed");
  const { election } = await verifyRounds(state, 3);
  if (election === null) throw new CeremonyError("bad_election");
  const { weights, ballots_url: url, expected } = state.decrypt;
  const task = {
    uuid: election.uuid,
    fingerprint: election.fingerprint,
    sizes: election.questions.map(({ answers }) => answers.length),
  };
  const count = await countAside(task, await getText(url), weights, onProgress);
  const mine = `${count.ballots}/${count.area.total}/${count.heads.total}`;
  const their = `${expected.ballots}/${expected.total_area}/${expected.total_heads}`;
  if (mine !== their) throw new CountDiffers(mine, their);
  const seals = {
    area: await sha256Hex(JSON.stringify(count.area.tally)),
    heads: await sha256Hex(JSON.stringify(count.heads.tally)),
  };
  return { count, seals, closesAt: election.description.closes_at ?? null };
}

/**
 * Remember on this computer which sums of an election were opened; false when a different one was opened before.
 *
 * Two different aggregates of one election would tell the votes that lie between them.
 */
export function mayOpen(state, { seals }) {
  const name = `yeyi-opened|${state.election.uuid}|${state.index}`;
  const value = `${seals.area}|${seals.heads}`;
  const before = localStorage.getItem(name);
  if (before !== null && before !== value) return false;
  localStorage.setItem(name, value);
  return true;
}

/** Write an area of 0.01 m2 units with two decimals; whole numbers only, no float. */
export function areaText(centi) {
  const digits = String(centi).padStart(3, "0");
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}
