import { seededRandom } from './random-start.ts';
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

/** The latest triple of each user who has more than one is held out: what would this user do next? */
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

/** The latest `share` of all triples is held out: the past predicts the future, for everybody at one moment. */
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
