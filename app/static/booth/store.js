/**
 * Own what the booth keeps on the device: the credential's secret and the sealed ballot that waits for its receipt.
 *
 * Never a choice: only the encrypted ballot, the same bytes the server gets. Keys are "uuid|voter number", so that two owners
 * may share a phone.
 */

const DATABASE = "yeyi-booth";
const CREDENTIALS = "credentials";
const SEALED = "sealed";

/** Open the database; rejects when the browser keeps nothing (some private windows). */
export function openStore() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(CREDENTIALS);
      request.result.createObjectStore(SEALED);
    };
    request.onsuccess = () => resolve(new BoothStore(request.result));
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("store_blocked"));
  });
}

class BoothStore {
  constructor(database) {
    this.database = database;
  }

  /** Read the secret of a voter's credential as a BigInt, or null when this device has none. */
  async readSecret(key) {
    const text = await run(this.database, CREDENTIALS, "readonly", (objects) => objects.get(key));
    return text === undefined ? null : BigInt(text);
  }

  /** Keep the secret; resolves only when it is on disk. */
  keepSecret(key, secret) {
    return run(this.database, CREDENTIALS, "readwrite", (objects) => objects.put(String(secret), key));
  }

  /** Read the sealed ballot text that has no receipt yet, or null. */
  async readSealed(key) {
    const text = await run(this.database, SEALED, "readonly", (objects) => objects.get(key));
    return text === undefined ? null : text;
  }

  /** Keep the sealed ballot before it is sent, so that a retry sends the same bytes. */
  keepSealed(key, ballotText) {
    return run(this.database, SEALED, "readwrite", (objects) => objects.put(ballotText, key));
  }

  /** Forget the sealed ballot once the server has decided about it. */
  forgetSealed(key) {
    return run(this.database, SEALED, "readwrite", (objects) => objects.delete(key));
  }
}

function run(database, name, mode, action) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = action(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
