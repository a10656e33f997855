/** Uniform numbers in [0, 1) from a seed; the same seed gives the same sequence on every machine. */
export type Random = () => number;

/** 32-bit FNV-1a over the UTF-16 units of the key, then the finaliser of MurmurHash3, so that near keys lie far apart. */
function hash32(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) that depends on the key alone: for facts that must hold whatever else is generated. */
export const unit = (key: string): number => hash32(key) / 2 ** 32;

/** sfc32 (C. Doty-Humphrey, PractRand), seeded from a key; period at least 2^32. */
export function createRandom(key: string): Random {
  let a = hash32(`${key}/a`) | 0;
  let b = hash32(`${key}/b`) | 0;
  let c = hash32(`${key}/c`) | 0;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  // The first outputs still show the seed.
  for (let i = 0; i < 12; i++) next();
  return next;
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('cannot pick from an empty list');
  return value;
}

/** Fisher–Yates, on a copy. */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
