import type { Datasets } from './datasets.ts';
import type { Table } from './table.ts';

/** What the command line asks for. */
export interface BenchOptions {
  /** Names of datasets, of the ones that a section measures; null measures its own choice. */
  data: readonly string[] | null;
  factors: readonly number[] | null;
  seeds: readonly number[];
  /** Thread counts of the threads backend; the greatest is the one that `implicit` gets. */
  threads: readonly number[];
  /** Repetitions that medians are taken of, beside one that warms up. */
  rounds: number;
  /** Fewer seeds and factors, and short runs. */
  quick: boolean;
  /** The 20M shape as well. */
  large: boolean;
  /** A software GPU as well. */
  software: boolean;
}

/** What sections work with. */
export interface Bench {
  options: BenchOptions;
  datasets: Datasets;
  /** Folder for files between processes; it goes when the run ends. */
  scratch: string;
  /** Python with `implicit`; null measures without the peer. */
  python: string | null;
  /** The GPU that the webgpu backend would compute on; null where there is none that should be measured. */
  adapter: string | null;
  /** One line that the next one overwrites. */
  progress(text: string): void;
  /** One line that stays, in the report too. */
  note(text: string): void;
}

export interface Section {
  name: string;
  /** What it measures, in one line for `--help`. */
  about: string;
  /** Tables as they are ready. */
  run(bench: Bench): AsyncIterable<Table>;
}

/** The choice of a section, narrowed to what was asked for. */
export function chosen<T>(own: readonly T[], asked: readonly T[] | null): readonly T[] {
  return asked === null ? own : asked;
}

export function mostThreads({ threads }: BenchOptions): number {
  return Math.max(...threads);
}
