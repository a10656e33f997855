import { seededRandom } from '../training/random-start.ts';
import { selectTriples, type Triples } from './triples.ts';

export interface Split {
  train: Triples;
  test: Triples;
}

/** Each triple is held out with the same chance, `share`; the same seed holds out the same ones. */
export function randomHoldout(triples: Triples, share: number, seed: number): Split {
  const random = seededRandom(seed);
  return splitWhere(triples, () => random() < share);
}

/**
 * Of each user's triples the same share is held out, at random, but never all of them.
 * @param maxUsers only so many users, drawn at random, give any away
 */
export function holdoutPerUser(
  triples: Triples,
  share: number,
  seed: number,
  maxUsers = Number.POSITIVE_INFINITY,
): Split {
  const random = seededRandom(seed);
  const left = new Map<number, number>();
  for (const user of triples.users) left.set(user, (left.get(user) ?? 0) + 1);
  const givers = [...left].filter(([, count]) => count > 1);
  const wanted = new Map<number, number>();
  for (const [i, [user, count]] of givers.entries()) {
    // Selection sampling (Knuth, TAOCP vol. 2, §3.4.2, algorithm S), here among users and below among their triples.
    if (random() * (givers.length - i) >= maxUsers - wanted.size) continue;
    const exact = share * count;
    const rounded = Math.floor(exact) + (random() < exact % 1 ? 1 : 0);
    wanted.set(user, Math.min(rounded, count - 1));
  }
  return splitWhere(triples, (t) => {
    const user = triples.users[t]!;
    const [missing, rest] = [wanted.get(user) ?? 0, left.get(user)!];
    left.set(user, rest - 1);
    if (random() * rest >= missing) return false;
    wanted.set(user, missing - 1);
    return true;
  });
}

/** The latest triple of each user who has more than one is held out: the test is what a user does next. */
export function leaveLastOut(triples: Triples): Split {
  const last = new Map<number, number>();
  const count = new Map<number, number>();
  triples.users.forEach((user, t) => {
    const best = last.get(user);
    if (best === undefined || timeOf(triples, t) >= timeOf(triples, best)) last.set(user, t);
    count.set(user, (count.get(user) ?? 0) + 1);
  });
  return splitWhere(triples, (t) => last.get(triples.users[t]!) === t && count.get(triples.users[t]!)! > 1);
}

/** The latest `share` of all triples is held out: the past predicts the future, for all users at one moment. */
export function splitByTime(triples: Triples, share: number): Split {
  const times = Float64Array.from(triples.users, (_, t) => timeOf(triples, t)).sort();
  const nTest = Math.round(share * times.length);
  const begin = nTest === 0 ? Number.POSITIVE_INFINITY : times[times.length - nTest]!;
  return splitWhere(triples, (t) => timeOf(triples, t) >= begin);
}

/** When a triple came: its timestamp, or its position where there are none. */
function timeOf({ timestamps }: Triples, t: number): number {
  return timestamps === null ? t : timestamps[t]!;
}

function splitWhere(triples: Triples, isHeldOut: (t: number) => boolean): Split {
  const [train, test]: [number[], number[]] = [[], []];
  for (let t = 0; t < triples.users.length; t++) (isHeldOut(t) ? test : train).push(t);
  return { train: selectTriples(triples, train), test: selectTriples(triples, test) };
}
