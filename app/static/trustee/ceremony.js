/**
 * Own what a trustee does with the state of the ceremony: check everybody's messages, then make the own next message.
 */

import { parseElection } from "../booth/election.js";
import {
  CeremonyError,
  decryptTally,
  jointKey,
  makeRound2,
  makeRound3,
  openShares,
  partialDecryption,
  publicShare,
  readCerts,
  readRound2,
  requireMine,
  requireVerificationKeys,
} from "./protocol.js";

/** Return the words of the state every check needs. */
function placeOf(state) {
  return { size: state.size, threshold: state.threshold, index: state.index };
}

/**
 * Verify all messages that must exist after a round (1, 2 or 3); return {readKeys, commitments, election}.
 *
 * When the election is defined, its key must be the joint key. Raises CeremonyError naming the trustee.
 */
export async function verifyRounds(state, rounds) {
  const readKeys = await readCerts(state.certs, placeOf(state));
  let commitments = null;
  if (rounds >= 2) commitments = await readRound2(state.round2, state.certs, readKeys, state.threshold);
  if (rounds >= 3) await requireVerificationKeys(state.verification_keys, readKeys, commitments);
  const election = state.election.raw === null || commitments === null ? null : await readElection(state, commitments);
  return { readKeys, commitments, election };
}

async function readElection(state, commitments) {
  let election;
  try {
    election = await parseElection(state.election.raw);
  } catch {
    throw new CeremonyError("bad_election");
  }
  const { uuid, fingerprint } = state.election;
  if (election.uuid !== uuid || election.fingerprint !== fingerprint) throw new CeremonyError("other_election");
  if (election.publicKey !== jointKey(commitments)) throw new CeremonyError("foreign_key");
  return election;
}

/** Make the round 2 message after checking round 1. */
export async function takeRound2(state, secrets) {
  const { readKeys } = await verifyRounds(state, 1);
  requireMine(secrets, readKeys, state.index);
  return makeRound2(state.election.uuid, state.index, secrets, state.certs, readKeys);
}

/** Make the round 3 message after checking rounds 1 and 2 and the own shares. */
export async function takeRound3(state, secrets) {
  const { readKeys, commitments } = await verifyRounds(state, 2);
  requireMine(secrets, readKeys, state.index);
  const x = await openShares(state.election.uuid, state.index, secrets, state.round2, commitments);
  const message = await makeRound3(x, secrets.sk);
  if (message.verification_key.public_key !== String(publicShare(commitments, state.index))) {
    throw new CeremonyError("own_share");
  }
  return message;
}

/** Recompute the own share x_j from the key file and the published shares, everything checked; {x, election}. */
async function ownShare(state, secrets) {
  const { readKeys, commitments, election } = await verifyRounds(state, 3);
  requireMine(secrets, readKeys, state.index);
  const x = await openShares(state.election.uuid, state.index, secrets, state.round2, commitments);
  return { x, election };
}

/** Make the rehearsal message: the test ciphertext opened with the own share. */
export async function takeRehearsal(state, secrets) {
  const { x } = await ownShare(state, secrets);
  return partialDecryption(`rehearsal|${state.election.uuid}`, x, state.rehearsal.alpha);
}

/** Make the decryption message for the two sums this page has counted itself. */
export async function takeDecryption(state, secrets, count) {
  const { x, election } = await ownShare(state, secrets);
  if (election === null) throw new CeremonyError("bad_election");
  return {
    area: await decryptTally(election.fingerprint, x, count.area.tally),
    heads: await decryptTally(election.fingerprint, x, count.heads.tally),
  };
}
