import type { Algorithm } from '../../shared/recommender/training/parameters.ts';
import type { DescendCall, DescentPoint, OpenCall } from './engines/calls.ts';
import { type MagpieEngine, magpieEngine } from './engines/engine-process.ts';

/** The start is this many plain sweeps from random numbers, as in training. */
const N_START_SWEEPS = 2;

/** One engine for each algorithm, whose descents from one start take turns. */
export class Descents {
  readonly #engines: Readonly<Record<Algorithm, MagpieEngine>> = { als: magpieEngine(), 'als-ncg': magpieEngine() };

  /** Points of both descents; whichever has spent less time goes next, so that both meet the same load. */
  async run(
    open: OpenCall,
    limits: (algorithm: Algorithm) => Omit<DescendCall, 'algorithm'>,
  ): Promise<Record<Algorithm, DescentPoint[]>> {
    const points: Record<Algorithm, DescentPoint[]> = { als: [], 'als-ncg': [] };
    const all: Algorithm[] = ['als', 'als-ncg'];
    for (const algorithm of all) {
      const engine = this.#engines[algorithm];
      await engine.call('open', open);
      for (let sweep = 0; sweep < N_START_SWEEPS; sweep++) await engine.call('sweep', {});
      // Once for the compiler, so that neither clock holds it.
      await engine.call('passes', {});
      await engine.call('descend', { algorithm, ...limits(algorithm) });
    }
    const spent = (algorithm: Algorithm): number => points[algorithm].at(-1)?.seconds ?? 0;
    let underWay = all;
    while (underWay.length > 0) {
      const next = underWay.reduce((a, b) => (spent(b) < spent(a) ? b : a));
      const { point } = await this.#engines[next].call('nextPoint', {});
      if (point === null) underWay = underWay.filter((algorithm) => algorithm !== next);
      else points[next].push(point);
    }
    return points;
  }

  async peakRssMb(algorithm: Algorithm): Promise<number> {
    return Math.round((await this.#engines[algorithm].call('peakRss', {})).bytes / 1e6);
  }

  async close(): Promise<void> {
    for (const engine of Object.values(this.#engines)) await engine.close();
  }
}
