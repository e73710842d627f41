/**
 * Own the trustee's own count of the box: last ballot per credential, weights, encrypted sums for area and heads.
 *
 * A trustee decrypts only what this module has summed up itself. Every ballot is bound to the election and carries the signature of
 * its credential; weights are what the server states, so their sums are shown and compared before anything is decrypted.
 * Source: app/crypto/PROTOCOL.md 3 (Encrypted tally), 7 (nothing but the final aggregates).
 */

import { b64Sha, hashToZq, sha256Hex } from "../booth/encoding.js";
import { generator, isElement, multiply, P, power, readCanonical, readKey, readScalar } from "../booth/group.js";

/** Thrown when the box is not what it must be; box is the number of the ballot in the box, or null. */
export class BoxError extends Error {
  constructor(code, box = null) {
    super(box === null ? code : `${code} (${box})`);
    this.name = "BoxError";
    this.code = code;
    this.box = box;
  }
}

/**
 * Count a box.
 *
 * election: {uuid, fingerprint, sizes: answers per question}. text: one ballot JSON per line, in box order.
 * weights: {area: [[credential, integer]], heads: [...]}. onProgress(done, total) is called between ballots.
 * Returns {ballots, counted, area: {total, tally}, heads: {total, tally}, digest}; integers, elements as decimal strings.
 */
export async function countBox(election, text, weights, onProgress) {
  const maps = readWeights(weights);
  const lines = text.split("\n").filter((line) => line !== "");
  const last = new Map();
  const seen = new Set();
  for (const [at, line] of lines.entries()) {
    const ballot = await readBallot(election, line, at + 1);
    if (!maps.area.has(ballot.credential)) throw new BoxError("unknown_credential", at + 1);
    if (ballot.answers.flatMap(({ choices }) => choices).some(({ alpha }) => repeated(seen, alpha))) {
      throw new BoxError("repeated_ciphertext", at + 1);
    }
    last.set(ballot.credential, ballot);
    if (at % 8 === 0) await onProgress(at, lines.length);
  }
  const counted = [...last.entries()].filter(([credential]) => maps.area.get(credential) > 0);
  const area = new Sum(election.sizes);
  const heads = new Sum(election.sizes);
  for (const [credential, ballot] of counted) {
    area.add(ballot, maps.area.get(credential));
    heads.add(ballot, maps.heads.get(credential));
  }
  await onProgress(lines.length, lines.length);
  const result = {
    ballots: lines.length,
    counted: counted.length,
    area: { total: area.total, tally: area.tally() },
    heads: { total: heads.total, tally: heads.tally() },
  };
  return { ...result, digest: await sha256Hex(JSON.stringify([result.area.tally, result.heads.tally])) };
}

function repeated(seen, value) {
  if (seen.has(value)) return true;
  seen.add(value);
  return false;
}

/** Read both weight maps: the same credentials, whole numbers, one head at most, and no area without its head. */
function readWeights({ area, heads }) {
  const maps = { area: new Map(area), heads: new Map(heads) };
  if (maps.area.size !== area.length || maps.heads.size !== heads.length || area.length !== heads.length) {
    throw new BoxError("weights_differ");
  }
  for (const [credential, centi] of maps.area) {
    const head = maps.heads.get(credential);
    const sound = Number.isSafeInteger(centi) && centi >= 0 && (head === 1 ? centi > 0 : head === 0 && centi === 0);
    // Crafted weights could single out one vote in the published sums.
    if (!sound) throw new BoxError("bad_weight");
  }
  return maps;
}

async function readBallot(election, line, box) {
  let ballot;
  try {
    ballot = JSON.parse(line);
  } catch {
    throw new BoxError("not_json", box);
  }
  if (JSON.stringify(ballot) !== line) throw new BoxError("not_canonical", box);
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) {
    throw new BoxError("other_election", box);
  }
  const fits =
    Array.isArray(ballot.answers) &&
    ballot.answers.length === election.sizes.length &&
    ballot.answers.every(({ choices }, at) => Array.isArray(choices) && choices.length === election.sizes[at]);
  if (!fits) throw new BoxError("wrong_shape", box);
  try {
    if (await isSignedBallot(ballot)) return ballot;
  } catch {
    throw new BoxError("bad_signature", box);
  }
  throw new BoxError("bad_signature", box);
}

async function isSignedBallot({ signature, ...unsigned }) {
  const credential = readKey(unsigned.credential);
  const challenge = readScalar(signature.proof.challenge);
  const response = readScalar(signature.proof.response);
  const hash = await b64Sha(JSON.stringify(unsigned));
  const commitment = multiply(generator().power(response), power(credential, challenge));
  return hash === signature.hash && (await hashToZq(`sig|${hash}|${commitment}`)) === challenge;
}

/** The weighted product of ciphertexts, kept as one product per binary digit of the weights. */
class Sum {
  constructor(sizes) {
    this.total = 0;
    this.products = sizes.map((size) => Array.from({ length: size }, () => ({ alpha: [], beta: [] })));
  }

  add(ballot, weight) {
    this.total += weight;
    ballot.answers.forEach(({ choices }, question) =>
      choices.forEach((choice, at) => {
        const product = this.products[question][at];
        for (const part of ["alpha", "beta"]) {
          const element = readCanonical(choice[part], P);
          for (let bit = 0, rest = weight; rest > 0; bit += 1, rest = Math.floor(rest / 2)) {
            if (rest % 2 === 1) product[part][bit] = multiply(product[part][bit] ?? 1n, element);
          }
        }
      }),
    );
  }

  /** Return the encrypted tally; every sum must be a member of the group. */
  tally() {
    return this.products.map((row) =>
      row.map(({ alpha, beta }) => ({ alpha: String(close(alpha)), beta: String(close(beta)) })),
    );
  }
}

/** Return prod_bit products[bit]^(2^bit), from the highest digit down. */
function close(products) {
  let result = 1n;
  for (let bit = products.length - 1; bit >= 0; bit -= 1) {
    result = multiply(multiply(result, result), products[bit] ?? 1n);
  }
  if (!isElement(result)) throw new BoxError("not_an_element");
  return result;
}
