/**
 * Own the reading of election.json in the browser.
 *
 * The fingerprint is taken over the exact text received; nothing is ever serialised again.
 * Source: app/crypto/PROTOCOL.md 3 (election.json).
 */

import { b64Sha } from "./encoding.js";
import { FixedBase, generator, GROUP_NAME, readKey } from "./group.js";

/** Thrown when the election text is not one this booth can vote in. */
export class ElectionError extends Error {
  constructor(code) {
    super(code);
    this.name = "ElectionError";
    this.code = code;
  }
}

/**
 * Parse the exact election.json text.
 *
 * Returns {raw, fingerprint, uuid, name, description, publicKey (BigInt y), questions: [{answers, minimum, maximum, question}]}.
 * Raises ElectionError or GroupError.
 */
export async function parseElection(raw) {
  let content;
  try {
    content = JSON.parse(raw);
  } catch {
    throw new ElectionError("election_not_json");
  }
  if (content.version !== 1 || content.group !== GROUP_NAME) throw new ElectionError("unknown_suite");
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(content.uuid)) throw new ElectionError("bad_uuid");
  if (!Array.isArray(content.questions) || content.questions.length === 0) {
    throw new ElectionError("no_questions");
  }
  return {
    raw,
    fingerprint: await b64Sha(raw),
    uuid: content.uuid,
    name: content.name,
    description: readDescription(content.description),
    publicKey: readKey(content.public_key),
    questions: content.questions.map(readQuestion),
  };
}

/** Read the JSON object kept in the description; an ordinary sentence gives an empty object. */
function readDescription(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function readQuestion({ answers, min, max, blank, question }) {
  const sound =
    Array.isArray(answers) &&
    answers.every((answer) => typeof answer === "string") &&
    Number.isInteger(min) &&
    Number.isInteger(max) &&
    min >= 0 &&
    min <= max &&
    max <= answers.length;
  if (!sound) throw new ElectionError("bad_question");
  // Our elections never ask for the blank bit; a booth that ignored it would make ballots that nobody accepts.
  if (blank === true) throw new ElectionError("blank_not_offered");
  return { answers, minimum: min, maximum: max, question };
}

/** Make the two fixed-base tables, about 25 ms; done while the owner reads. */
export function prepareTables(election) {
  return { g: generator(), y: new FixedBase(election.publicKey) };
}
