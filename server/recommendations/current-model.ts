import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import type { Scorer } from '../../shared/recommender/scoring/scorer.ts';
import { openScorer } from '../../shared/recommender/scoring/scorer-cpu.ts';
import type { Store } from '../store/store.ts';

/** Time for which the current model is taken to be the same: every process sees a promotion within it. */
const CHECK_EVERY_MS = 1000;

export interface LoadedModel {
  version: string;
  model: FactorModel;
  scorer: Scorer;
}

/** The registry's current model, loaded once and replaced when another is promoted. */
export class CurrentModel {
  readonly #store: Store;
  readonly #modelsDir: string;
  #loaded: LoadedModel | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | null = null;

  constructor(store: Store, modelsDir: string) {
    this.#store = store;
    this.#modelsDir = modelsDir;
  }

  /** Null while there is no model. A model that cannot be read is logged once, and the last good one stays in use. */
  async get(): Promise<LoadedModel | null> {
    if (performance.now() - this.#checkedAt > CHECK_EVERY_MS) {
      this.#checking ??= this.#check().finally(() => {
        this.#checking = null;
      });
      await this.#checking;
    }
    // The first check marks its time before the file is read: until then nothing can be said.
    if (this.#loaded === null) await this.#checking;
    return this.#loaded;
  }

  async #check(): Promise<void> {
    const current = await this.#store.models.current();
    this.#checkedAt = performance.now();
    if (current === null || current.version === this.#loaded?.version) return;
    try {
      const model = readFactorModel(await readFile(join(this.#modelsDir, current.file)));
      this.#loaded = { version: current.version, model, scorer: openScorer(model) };
    } catch (error) {
      console.error(
        `model ${current.version} cannot be read (${current.file}); "magpie models rollback" chooses another:`,
        error,
      );
    }
  }
}
