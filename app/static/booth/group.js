/**
 * Own the group BELENIOS-2048 in the browser: parameters, membership test, powers, fixed-base tables.
 *
 * Source: app/crypto/PROTOCOL.md 2 (Groups) and 3 (6-bit windows). Letters p, q, g are the specification's.
 */

export const GROUP_NAME = "BELENIOS-2048";

/** Modulus, a 2048-bit prime. */
export const P = BigInt(
  "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719",
);

/** Order of the subgroup, a 256-bit prime. */
export const Q = BigInt(
  "78571733251071885079927659812671450121821421258408794611510081919805623223441",
);

/** Generator of the subgroup of order q. */
export const G = BigInt(
  "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627",
);

/** Thrown when a number received from anywhere is not what it must be. */
export class GroupError extends Error {
  constructor(code) {
    super(code);
    this.name = "GroupError";
    this.code = code;
  }
}

/** Reduce a possibly negative integer to 0 <= x < q. */
export function modQ(x) {
  const rest = x % Q;
  return rest < 0n ? rest + Q : rest;
}

/** Multiply two group elements. */
export function multiply(a, b) {
  return (a * b) % P;
}

/** Raise any element to an exponent >= 0 by a sliding window of 5 bits. */
export function power(base, exponent) {
  if (exponent === 0n) return 1n;
  const odd = [base];
  const square = (base * base) % P;
  for (let i = 1; i < 16; i += 1) odd.push((odd[i - 1] * square) % P);
  const bits = exponent.toString(2);
  let result = 1n;
  let at = 0;
  while (at < bits.length) {
    if (bits[at] === "0") {
      result = (result * result) % P;
      at += 1;
      continue;
    }
    let end = Math.min(at + 5, bits.length);
    while (bits[end - 1] === "0") end -= 1;
    for (let i = at; i < end; i += 1) result = (result * result) % P;
    result = (result * odd[(parseInt(bits.slice(at, end), 2) - 1) / 2]) % P;
    at = end;
  }
  return result;
}

/** Invert modulo p. Raises GroupError for 0. */
export function invert(x) {
  let [oldR, r] = [x % P, P];
  let [oldS, s] = [1n, 0n];
  while (r !== 0n) {
    const quotient = oldR / r;
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  if (oldR !== 1n) throw new GroupError("not_invertible");
  return oldS < 0n ? oldS + P : oldS;
}

/** Tell whether x is in the subgroup of order q: 0 < x < p and x^q = 1. The identity is a member. */
export function isElement(x) {
  return x > 0n && x < P && power(x, Q) === 1n;
}

/** Read a canonical decimal string of a group element and test membership. Raises GroupError. */
export function readElement(text) {
  const x = readCanonical(text, P);
  if (!isElement(x)) throw new GroupError("not_an_element");
  return x;
}

/** Read an element that will serve as a key: a member that is not the identity. Raises GroupError. */
export function readKey(text) {
  const x = readElement(text);
  if (x === 1n) throw new GroupError("identity");
  return x;
}

/** Read a canonical decimal string of an integer 0 <= x < q. Raises GroupError. */
export function readScalar(text) {
  return readCanonical(text, Q);
}

/** Read a canonical decimal string below a limit without any membership test. Raises GroupError. */
export function readCanonical(text, limit) {
  if (typeof text !== "string" || text.length > 700 || !/^(0|[1-9][0-9]*)$/.test(text)) {
    throw new GroupError("not_a_number");
  }
  const x = BigInt(text);
  if (x >= limit) throw new GroupError("out_of_range");
  return x;
}

/** Powers of one fixed base: 43 rows of 64 entries, row i holding base^(digit * 64^i). */
export class FixedBase {
  constructor(base) {
    this.base = base;
    this.rows = [];
    let step = base;
    for (let i = 0; i < 43; i += 1) {
      const row = [1n];
      for (let digit = 1; digit < 64; digit += 1) row.push((row[digit - 1] * step) % P);
      this.rows.push(row);
      step = (row[63] * step) % P;
    }
  }

  /** Raise the base to an exponent 0 <= e < q: at most 43 multiplications. */
  power(exponent) {
    let result = 1n;
    let rest = exponent;
    for (let i = 0; rest > 0n; i += 1) {
      const digit = Number(rest & 63n);
      if (digit !== 0) result = (result * this.rows[i][digit]) % P;
      rest >>= 6n;
    }
    return result;
  }
}

let generatorTable = null;

/** Return the table for g, made once per page. */
export function generator() {
  if (generatorTable === null) generatorTable = new FixedBase(G);
  return generatorTable;
}
