/**
 * Own the trustee's side of the key ceremony: messages of the three rounds, their checks, partial decryptions.
 *
 * Source: app/crypto/PROTOCOL.md 3 (Trustees; Encrypted tally). Letters follow it: sk, dk, a_ik, A_ik, s_ij, x_j, X_j, y.
 * Trustees are numbered from 1. Every message of another trustee is verified before it is used; a bad one is named.
 */

import { fromBase64, hashToZq, randomScalar, randomSecret, sha256, toBase64 } from "../booth/encoding.js";
import {
  generator,
  GROUP_NAME,
  modQ,
  multiply,
  power,
  readElement,
  readKey,
  readScalar,
} from "../booth/group.js";

const utf8 = new TextEncoder();

/** Thrown when a message of the ceremony is not true; trustee is the number of who sent it, or null. */
export class CeremonyError extends Error {
  constructor(code, trustee = null) {
    super(trustee === null ? code : `${code} (${trustee})`);
    this.name = "CeremonyError";
    this.code = code;
    this.trustee = trustee;
  }
}

// --- proofs and signatures -------------------------------------------------------------------------------------------

/** Prove knowledge of log_g: challenge = H(prefix || g^w), response = w - secret * challenge. */
async function proveLog(secret, prefix) {
  const w = randomScalar();
  const challenge = await hashToZq(prefix + generator().power(w));
  return { challenge: String(challenge), response: String(modQ(w - secret * challenge)) };
}

async function checkLog(publicKey, prefix, proof) {
  const challenge = readScalar(proof.challenge);
  const commitment = multiply(generator().power(readScalar(proof.response)), power(publicKey, challenge));
  return (await hashToZq(prefix + commitment)) === challenge;
}

/** Sign a text: sign(sk, M). */
export function sign(sk, message) {
  return proveLog(sk, `sigmsg|${message}|`);
}

/** Tell whether a signature of a text is true. */
export function isSigned(publicKey, message, signature) {
  return checkLog(publicKey, `sigmsg|${message}|`, signature);
}

/** Run a check of a message from a trustee; whatever low-level error it meets becomes the named CeremonyError. */
async function hold(code, trustee, check) {
  let value;
  try {
    value = await check();
  } catch (error) {
    if (error instanceof CeremonyError) throw error;
    throw new CeremonyError(code, trustee);
  }
  if (value === false) throw new CeremonyError(code, trustee);
  return value;
}

// --- round 1 ---------------------------------------------------------------------------------------------------------

/** Draw a trustee's secrets {sk, dk, coefficients}; all uniform, never derived by H. */
export function drawSecrets(threshold) {
  return {
    sk: randomSecret(),
    dk: randomSecret(),
    coefficients: Array.from({ length: threshold }, randomSecret),
  };
}

/** Make the round 1 message: {round, cert}. place: {size, threshold, index}. */
export async function makeRound1(secrets, { size, threshold, index }) {
  const message = JSON.stringify({
    context: { group: GROUP_NAME, size, threshold, index },
    verification: String(generator().power(secrets.sk)),
    encryption: String(generator().power(secrets.dk)),
  });
  return { round: 1, cert: { message, signature: await sign(secrets.sk, message) } };
}

/** Verify all certificates; return [{verification, encryption}] by trustee, or raise CeremonyError. */
export async function readCerts(certs, { size, threshold }) {
  if (certs.length !== size) throw new CeremonyError("certs_missing");
  const read = [];
  for (const [at, cert] of certs.entries()) read.push(await readCert(cert, { size, threshold, index: at + 1 }));
  const all = read.flatMap(({ verification, encryption }) => [verification, encryption]);
  if (new Set(all).size !== all.length) throw new CeremonyError("certs_repeat");
  return read;
}

function readCert(cert, { size, threshold, index }) {
  return hold("bad_cert", index, async () => {
    const content = JSON.parse(cert.message);
    const expected = JSON.stringify({
      context: { group: GROUP_NAME, size, threshold, index },
      verification: content.verification,
      encryption: content.encryption,
    });
    if (expected !== cert.message) return false;
    const verification = readKey(content.verification);
    const encryption = readKey(content.encryption);
    return (await isSigned(verification, cert.message, cert.signature)) && { verification, encryption };
  });
}

/** Raise CeremonyError when the certificate published under my number is not made with my key. */
export function requireMine(secrets, certs, index) {
  const mine = certs[index - 1];
  const same =
    mine.verification === generator().power(secrets.sk) && mine.encryption === generator().power(secrets.dk);
  if (!same) throw new CeremonyError("not_my_cert", index);
}

// --- round 2 ---------------------------------------------------------------------------------------------------------

/** Make the round 2 message: commitments to the polynomial and one encrypted share for every trustee. */
export async function makeRound2(uuid, index, secrets, certs, readKeys) {
  const coefexps = secrets.coefficients.map((a) => String(generator().power(a)));
  const message = JSON.stringify({ coefexps });
  const shares = [];
  for (const [at, { encryption }] of readKeys.entries()) {
    const value = evaluate(secrets.coefficients, at + 1);
    shares.push(await sealShare(uuid, index, at + 1, encryption, value));
  }
  return {
    round: 2,
    coefexps: { message, signature: await sign(secrets.sk, message) },
    signature: await sign(secrets.sk, certsText(certs, coefexps)),
    shares,
  };
}

function evaluate(coefficients, x) {
  return coefficients.reduceRight((sum, a) => modQ(sum * BigInt(x) + a), 0n);
}

/** Write the text that binds a trustee's commitments to all certificates. */
function certsText(certs, coefexps) {
  const ordered = certs.map(({ message, signature }) => ({
    message,
    signature: { challenge: signature.challenge, response: signature.response },
  }));
  return `certs_sig|${JSON.stringify({ certs: ordered, coefexps })}`;
}

/** Verify all round 2 messages; return the commitments [[A_i0, A_i1, ...]] by trustee, or raise CeremonyError. */
export async function readRound2(round2, certs, readKeys, threshold) {
  if (round2.length !== certs.length) throw new CeremonyError("round2_missing");
  const all = [];
  for (const [at, entry] of round2.entries()) {
    const { verification } = readKeys[at];
    all.push(
      await hold("bad_round2", at + 1, async () => {
        const { coefexps } = JSON.parse(entry.coefexps.message);
        const canonical = JSON.stringify({ coefexps }) === entry.coefexps.message;
        if (!canonical || coefexps.length !== threshold) return false;
        const signed =
          (await isSigned(verification, entry.coefexps.message, entry.coefexps.signature)) &&
          (await isSigned(verification, certsText(certs, coefexps), entry.signature));
        return signed && coefexps.map(readKey);
      }),
    );
  }
  return all;
}

/** Return prod_k A_ik^(j^k): what g^(f_i(j)) must be. */
function committedShare(commitments, j) {
  let result = 1n;
  let exponent = 1n;
  for (const commitment of commitments) {
    result = multiply(result, power(commitment, exponent));
    exponent = modQ(exponent * BigInt(j));
  }
  return result;
}

/** Return the public share X_j and check nothing: product over all trustees. */
export function publicShare(allCommitments, j) {
  return allCommitments.reduce((product, commitments) => multiply(product, committedShare(commitments, j)), 1n);
}

/** Return the joint key y = prod A_i0. */
export function jointKey(allCommitments) {
  return allCommitments.reduce((product, [constant]) => multiply(product, constant), 1n);
}

/**
 * Decrypt and verify the shares sent to trustee j; return x_j, or raise CeremonyError naming the sender.
 *
 * Each share is checked by g^(s_ij) = prod_k A_ik^(j^k).
 */
export async function openShares(uuid, j, secrets, round2, allCommitments) {
  let x = 0n;
  for (const [at, { shares }] of round2.entries()) {
    x = modQ(
      x +
        (await hold("bad_share", at + 1, async () => {
          const share = shares.find(({ to }) => to === j);
          const value = await unsealShare(uuid, at + 1, j, secrets.dk, share);
          return generator().power(value) === committedShare(allCommitments[at], j) && value;
        })),
    );
  }
  return x;
}

async function sealShare(uuid, from, to, encryption, value) {
  const r = randomSecret();
  const kem = generator().power(r);
  const aesKey = await shareKey(uuid, from, to, kem, power(encryption, r), "encrypt");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(shareMode(uuid, from, to, iv), aesKey, utf8.encode(String(value)));
  return { to, kem: String(kem), iv: toBase64(iv), ciphertext: toBase64(new Uint8Array(sealed)) };
}

async function unsealShare(uuid, from, to, dk, { kem, iv, ciphertext }) {
  const point = readKey(kem);
  const aesKey = await shareKey(uuid, from, to, point, power(point, dk), "decrypt");
  const mode = shareMode(uuid, from, to, fromBase64(iv));
  const plain = await crypto.subtle.decrypt(mode, aesKey, fromBase64(ciphertext));
  return readScalar(new TextDecoder().decode(plain));
}

async function shareKey(uuid, from, to, kem, secretPoint, use) {
  const bytes = await sha256(`share|${uuid}|${from}|${to}|${kem}|${secretPoint}`);
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, [use]);
}

function shareMode(uuid, from, to, iv) {
  return { name: "AES-GCM", iv, additionalData: utf8.encode(`share|${uuid}|${from}|${to}`) };
}

// --- round 3 ---------------------------------------------------------------------------------------------------------

/** Make the round 3 message: the public share X_j with a proof of knowledge and the trustee's signature. */
export async function makeRound3(x, sk) {
  const publicKey = String(generator().power(x));
  const pok = await proveLog(x, `pok|${GROUP_NAME}|${publicKey}|`);
  return { round: 3, verification_key: { pok, public_key: publicKey, signature: await sign(sk, publicKey) } };
}

/** Verify all verification keys against the commitments, or raise CeremonyError. */
export async function requireVerificationKeys(keys, readKeys, allCommitments) {
  if (keys.length !== readKeys.length) throw new CeremonyError("keys_missing");
  for (const [at, key] of keys.entries()) {
    const { verification } = readKeys[at];
    await hold("bad_verification_key", at + 1, async () => {
      const expected = publicShare(allCommitments, at + 1);
      return (
        key.public_key === String(expected) &&
        (await checkLog(expected, `pok|${GROUP_NAME}|${expected}|`, key.pok)) &&
        (await isSigned(verification, key.public_key, key.signature))
      );
    });
  }
}

// --- decryption ------------------------------------------------------------------------------------------------------

/**
 * Make one partial decryption {factor, proof} of a ciphertext's alpha under the share x.
 *
 * context is the election's fingerprint phi, or "rehearsal|" + uuid. factor = alpha^x; the proof shows log_alpha(factor) = log_g(X).
 */
export async function partialDecryption(context, x, alphaText) {
  // An alpha outside the group would leak parts of x.
  const alpha = readElement(alphaText);
  const publicKey = generator().power(x);
  const w = randomScalar();
  const prefix = `decrypt|${context}|${publicKey}|`;
  const challenge = await hashToZq(`${prefix}${generator().power(w)},${power(alpha, w)}`);
  return {
    factor: String(power(alpha, x)),
    proof: { challenge: String(challenge), response: String(modQ(w - x * challenge)) },
  };
}

/** Make the partial decryption of an encrypted tally [[{alpha, beta}]]. */
export async function decryptTally(fingerprint, x, tally) {
  const factors = [];
  const proofs = [];
  for (const row of tally) {
    const parts = [];
    for (const { alpha } of row) parts.push(await partialDecryption(fingerprint, x, alpha));
    factors.push(parts.map(({ factor }) => factor));
    proofs.push(parts.map(({ proof }) => proof));
  }
  return { decryption_factors: factors, decryption_proofs: proofs };
}
