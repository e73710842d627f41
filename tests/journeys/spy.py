"""Own what is put into a page before its own scripts: a spy on every way out and every store, and a known randomness."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext

#: Tell every write of the page: what may leave it, and what may stay behind on the device.
SPY = """
  (() => {
    const plain = (value) => {
      if (value instanceof Request) return ['request', value.method, value.url, [...value.headers]];
      if (value instanceof Headers) return [...value];
      if (value instanceof AbortSignal) return 'signal';
      if (typeof value === 'bigint') return String(value);
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer ?? value)];
      return value;
    };
    const note = (where, values) =>
      globalThis.spyNote(where, JSON.stringify(values, (_, value) => plain(value)) ?? '');
    const wrap = (owner, name, where) => {
      const real = owner?.[name];
      if (typeof real !== 'function') throw new Error(`nothing to spy on: ${name}`);
      owner[name] = function (...values) { note(where, values); return real.apply(this, values); };
    };
    const construct = (name) => {
      const Real = globalThis[name];
      globalThis[name] = class extends Real { constructor(...values) { note(name, values); super(...values); } };
    };
    wrap(IDBObjectStore.prototype, 'put', 'indexeddb');
    wrap(IDBObjectStore.prototype, 'add', 'indexeddb');
    wrap(Storage.prototype, 'setItem', 'storage');
    wrap(History.prototype, 'pushState', 'history');
    wrap(History.prototype, 'replaceState', 'history');
    wrap(Navigator.prototype, 'sendBeacon', 'beacon');
    wrap(globalThis, 'fetch', 'fetch');
    wrap(globalThis, 'open', 'open');
    wrap(globalThis, 'postMessage', 'message');
    wrap(XMLHttpRequest.prototype, 'open', 'xhr');
    wrap(XMLHttpRequest.prototype, 'setRequestHeader', 'xhr');
    wrap(XMLHttpRequest.prototype, 'send', 'xhr');
    wrap(BroadcastChannel.prototype, 'postMessage', 'channel');
    if (globalThis.Cache) wrap(Cache.prototype, 'put', 'cache');
    for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'RTCPeerConnection']) construct(name);
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    const set = function (value) { note('cookie', [value]); cookie.set.call(this, value); };
    Object.defineProperty(Document.prototype, 'cookie', {get: cookie.get, set});
    for (const kind of ['title', 'name']) {
      const owner = kind === 'title' ? Document.prototype : globalThis;
      const known = Object.getOwnPropertyDescriptor(owner, kind);
      if (known?.set) {
        const write = function (value) { note(kind, [value]); known.set.call(this, value); };
        Object.defineProperty(owner, kind, {get: known.get, set: write});
      }
    }
  })();
"""

#: Replace the browser's randomness by a stream that is the same in every run (xorshift of 32 bits).
SEEDED = """
  (() => {
    let state = 0x2f6e2b1;
    const byte = () => {
      state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
      return state & 0xff;
    };
    Crypto.prototype.getRandomValues = function (array) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = byte();
      return array;
    };
    Math.random = () => byte() / 256;
  })();
"""


@dataclass
class Spy:
    """Hold what the pages of one browser wrote, and where."""

    writes: list[tuple[str, Any]] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Put the spy into every page of a browser before its own scripts run."""
        context.expose_binding("spyNote", lambda _source, where, text: self.writes.append((where, json.loads(text or "null"))))
        context.add_init_script(SPY)

    def of(self, where: str) -> list[Any]:
        """Return what was written at one place."""
        return [values for place, values in self.writes if place == where]
