import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { datasetOfRatings, readRatingsFile } from '../../server/import/ratings-csv.ts';
import type { Feedback } from '../../shared/recommender/training/parameters.ts';
import { type DatasetFolder, writeDataset } from './dataset-folder.ts';
import { MOVIELENS_1M, MOVIELENS_20M, type RatingsShape, syntheticRatings } from './synthetic-ratings.ts';

/** Real ratings, from a file below `interactions/`; or made ones in a given shape. */
type Source = { feedback: Feedback; train: string; test: string | null } | { shape: RatingsShape };

const SOURCES: Readonly<Record<string, Source>> = {
  'ml-100k': { feedback: 'explicit', train: 'ml-100k/ratings.csv.gz', test: null },
  ...Object.fromEntries([1, 2, 3, 4, 5].map((fold) => [`ml-100k-u${fold}`, movieLensFold(fold)])),
  'online-retail': retail('online-retail'),
  gowalla: retail('gowalla'),
  'ml-1m-shape': { shape: MOVIELENS_1M },
  'ml-20m-shape': { shape: MOVIELENS_20M },
  // A quarter of the users of MovieLens 20M; and, for top-K, a tenth of them, with all its items.
  'ml-5m-shape': { shape: { ...MOVIELENS_20M, nUsers: 34_623, nnz: 5_000_066 } },
  'ml-2m-shape': { shape: { ...MOVIELENS_20M, nUsers: 13_849, nnz: 2_000_026 } },
  // For the harness's own test.
  tiny: { shape: { nUsers: 60, nItems: 40, nnz: 600 } },
};

function movieLensFold(fold: number): Source {
  return { feedback: 'explicit', train: `ml-100k/u${fold}.base.csv.gz`, test: `ml-100k/u${fold}.test.csv.gz` };
}

function retail(folder: string): Source {
  return { feedback: 'implicit', train: `${folder}/train.csv.gz`, test: `${folder}/test.csv.gz` };
}

export const DATASET_NAMES: readonly string[] = Object.keys(SOURCES);

/** Writes datasets into a scratch folder when they are first asked for. */
export class Datasets {
  readonly #scratch: string;
  readonly #realData: string;
  readonly #note: (text: string) => void;
  readonly #ready = new Map<string, DatasetFolder | null>();

  /** @param realData the folder that holds `interactions/`; where it is missing, what needs it is left out. */
  constructor(scratch: string, realData: string, note: (text: string) => void) {
    this.#scratch = scratch;
    this.#realData = realData;
    this.#note = note;
  }

  /** The dataset, or null where its files are not on this machine, which is noted. */
  async get(name: string): Promise<DatasetFolder | null> {
    const ready = this.#ready.get(name);
    if (ready !== undefined) return ready;
    const folder = await this.#make(name);
    this.#ready.set(name, folder);
    return folder;
  }

  async #make(name: string): Promise<DatasetFolder | null> {
    const source = SOURCES[name];
    if (source === undefined) throw new Error(`there is no dataset ${name}`);
    const to = join(this.#scratch, name);
    if ('shape' in source) return writeDataset(to, name, syntheticRatings(source.shape), null);
    const [train, test] = [this.#file(source.train), source.test === null ? null : this.#file(source.test)];
    if (!existsSync(train)) {
      this.#note(`${name} is left out: ${train} does not exist; MAGPIE_DATA names the folder with interactions/`);
      return null;
    }
    const dataset = datasetOfRatings(await readRatingsFile(train), source.feedback);
    return writeDataset(to, name, dataset, test === null ? null : await readRatingsFile(test));
  }

  #file(path: string): string {
    return join(this.#realData, 'interactions', path);
  }
}
