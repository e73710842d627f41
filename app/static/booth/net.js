/**
 * Own the requests of the booth and of the trustees' page: same origin, JSON, CSRF header, two kinds of failure.
 */

const TIMEOUT_MS = 30000;

/** Thrown when no answer came: it is not known whether the server received the request. */
export class NoAnswer extends Error {
  constructor() {
    super("no_answer");
    this.name = "NoAnswer";
  }
}

/** Thrown when the server answered with a refusal: {status, code, sentence, counted (true, false or null)}. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error ?? `http_${status}`);
    this.name = "Refused";
    this.status = status;
    this.code = body.error ?? "";
    this.sentence = typeof body.message === "string" ? body.message : "";
    this.counted = typeof body.counted === "boolean" ? body.counted : null;
  }
}

/** Fetch a JSON document. Raises NoAnswer or Refused. */
export async function getJson(url) {
  return readJson(await request(url, { headers: { Accept: "application/json" } }));
}

/** Fetch a text document. Raises NoAnswer or Refused. */
export async function getText(url) {
  const response = await request(url, {});
  if (!response.ok) await refuse(response);
  return response.text();
}

/** Post an already serialised JSON text, byte for byte. Raises NoAnswer or Refused. */
export async function postText(url, text, csrf) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": csrf,
  };
  return readJson(await request(url, { method: "POST", headers, body: text }));
}

async function request(url, options) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    return await fetch(url, {
      ...options,
      cache: "no-store",
      credentials: "same-origin",
      referrerPolicy: "same-origin",
      signal: patience.signal,
    });
  } catch {
    throw new NoAnswer();
  } finally {
    clearTimeout(timer);
  }
}

async function readJson(response) {
  if (!response.ok) await refuse(response);
  // A redirect to the sign-in page answers 200 with HTML; that is a refusal, not a receipt.
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) throw new Refused(401, {});
  try {
    return await response.json();
  } catch {
    throw new NoAnswer();
  }
}

async function refuse(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = {};
  }
  throw new Refused(response.status, body ?? {});
}
