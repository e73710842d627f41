/**
 * Own the making of a ballot: encryption, the proofs of well-formedness, the signature.
 *
 * The prover knows every exponent, so all powers are to the fixed bases g and y.
 * Source: app/crypto/PROTOCOL.md 3 (Ballot, steps 1-8). Letters follow it: m, r, alpha, beta, S0, w, c, z.
 */

import { b64Sha, hashToZq, randomScalar } from "./encoding.js";
import { modQ, multiply } from "./group.js";

/** Thrown when the choices do not fit the questions. */
export class ChoiceError extends Error {
  constructor(code) {
    super(code);
    this.name = "ChoiceError";
    this.code = code;
  }
}

/**
 * Create the ballot as its exact text.
 *
 * choices: one list of 0/1 per question, one number per answer. tables: {g, y} of prepareTables(). Raises ChoiceError.
 */
export async function createBallot(election, credential, choices, tables) {
  checkChoices(election, choices);
  const s0 = `${election.fingerprint}|${credential.publicKey}`;
  const answers = [];
  for (const [index, question] of election.questions.entries()) {
    answers.push(await createAnswer(question, choices[index], s0, tables));
  }
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: String(credential.publicKey),
    answers,
  };
  const signature = await signBallot(JSON.stringify(unsigned), credential, tables);
  return JSON.stringify({ ...unsigned, signature });
}

/** Return the tracker B64(whole ballot). */
export function ballotTracker(text) {
  return b64Sha(text);
}

function checkChoices(election, choices) {
  if (choices.length !== election.questions.length) throw new ChoiceError("wrong_number_of_answers");
  election.questions.forEach((question, index) => {
    const bits = choices[index];
    if (bits.length !== question.answers.length || bits.some((bit) => bit !== 0 && bit !== 1)) {
      throw new ChoiceError("wrong_number_of_choices");
    }
    const marked = bits.reduce((sum, bit) => sum + bit, 0);
    if (marked < question.minimum || marked > question.maximum) throw new ChoiceError("too_many_choices");
  });
}

async function createAnswer(question, bits, s0, tables) {
  const encrypted = bits.map((m) => encrypt(m, tables));
  const choices = encrypted.map(({ alpha, beta }) => ({ alpha: String(alpha), beta: String(beta) }));
  const individual = [];
  for (const [index, { r, m }] of encrypted.entries()) {
    const { alpha, beta } = choices[index];
    individual.push(await proveOneOf(`prove|${s0}|${alpha},${beta}|`, r, m, [0, 1], tables));
  }
  const total = encrypted.reduce(
    (sum, part) => ({
      r: modQ(sum.r + part.r),
      m: sum.m + part.m,
      alpha: multiply(sum.alpha, part.alpha),
      beta: multiply(sum.beta, part.beta),
    }),
    { r: 0n, m: 0, alpha: 1n, beta: 1n },
  );
  const s = `${s0}|${choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",")}`;
  const allowed = [];
  for (let count = question.minimum; count <= question.maximum; count += 1) allowed.push(count);
  const prefix = `prove|${s}|${total.alpha},${total.beta}|`;
  const overall = await proveOneOf(prefix, total.r, total.m, allowed, tables);
  return { choices, individual_proofs: individual, overall_proof: overall };
}

/** Encrypt one bit: alpha = g^r, beta = y^r g^m. */
function encrypt(m, { g, y }) {
  const r = randomScalar();
  const mask = y.power(r);
  return { r, m, alpha: g.power(r), beta: m === 1 ? multiply(mask, g.base) : mask };
}

/**
 * Prove that (g^r, y^r g^m) holds one of the allowed values, without telling which.
 *
 * For a false value v the simulated commitment A = g^z alpha^c is g^(z + r c), and
 * B = y^z (beta / g^v)^c is y^(z + r c) g^((m - v) c): fixed bases only.
 */
async function proveOneOf(prefix, r, m, allowed, { g, y }) {
  const w = randomScalar();
  const branches = allowed.map((value) => {
    if (value === m) return { commitment: `${g.power(w)},${y.power(w)}` };
    const c = randomScalar();
    const z = randomScalar();
    const exponent = modQ(z + r * c);
    const b = multiply(y.power(exponent), g.power(modQ(BigInt(m - value) * c)));
    return { c, z, commitment: `${g.power(exponent)},${b}` };
  });
  const hash = await hashToZq(prefix + branches.map(({ commitment }) => commitment).join(","));
  const simulated = branches.reduce((sum, { c }) => sum + (c ?? 0n), 0n);
  const challenge = modQ(hash - simulated);
  return branches.map(({ c = challenge, z = modQ(w - r * challenge) }) => ({
    challenge: String(c),
    response: String(z),
  }));
}

async function signBallot(unsignedText, credential, { g }) {
  const hash = await b64Sha(unsignedText);
  const w = randomScalar();
  const challenge = await hashToZq(`sig|${hash}|${g.power(w)}`);
  const response = modQ(w - credential.secret * challenge);
  return { hash, proof: { challenge: String(challenge), response: String(response) } };
}
