/**
 * Own the voter's credential: its key pair and the proof that the device holds the secret half.
 *
 * Source: app/crypto/PROTOCOL.md 3 (Credentials), 4 (proof of possession), 6 (who makes the credential).
 */

import { hashToZq, randomScalar, randomSecret } from "./encoding.js";
import { generator, modQ } from "./group.js";

/** Make a credential {secret, publicKey} (BigInt). */
export function generateCredential() {
  return credentialFrom(randomSecret());
}

/** Rebuild a credential from its secret scalar. */
export function credentialFrom(secret) {
  return { secret, publicKey: generator().power(secret) };
}

/**
 * Prove possession of the secret for one place on the frozen roll.
 *
 * challenge = H("enrol|" uuid "|" voter number "|" credential "|" g^w), response = w - s * challenge; decimal strings.
 */
export async function provePossession(uuid, voterNumber, credential) {
  const w = randomScalar();
  const commitment = generator().power(w);
  const challenge = await hashToZq(
    `enrol|${uuid}|${voterNumber}|${credential.publicKey}|${commitment}`,
  );
  const response = modQ(w - credential.secret * challenge);
  return { challenge: String(challenge), response: String(response) };
}
