import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { readFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import type { Scorer } from '../../shared/recommender/scoring/scorer.ts';
import { openScorer } from '../../shared/recommender/scoring/scorer-cpu.ts';
import type { Log } from '../logging/log.ts';
import type { ModelRecord, Store } from '../store/store.ts';

/** Time for which the current model is taken to be the same: every process sees a promotion within it. */
const CHECK_EVERY_MS = 1000;

export interface LoadedModel {
  version: string;
  /** Without its users: shoppers are folded in from their events, so that no process holds what was trained of them. */
  model: FactorModel;
  scorer: Scorer;
}

/** The registry's current model, loaded once and replaced when another is promoted. */
export class CurrentModel {
  readonly #store: Store;
  readonly #modelsDir: string;
  readonly #log: Log;
  #loaded: LoadedModel | null = null;
  /** The version whose file could not be read: logged once, and tried again. */
  #unreadable: string | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | null = null;

  constructor(store: Store, modelsDir: string, log: Log) {
    this.#store = store;
    this.#modelsDir = modelsDir;
    this.#log = log;
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
      const model = withoutUsers(await readModel(this.#modelsDir, current), () => true);
      this.#loaded = { version: current.version, model, scorer: openScorer(model) };
      this.#unreadable = null;
    } catch (err) {
      if (this.#unreadable === current.version) return;
      this.#unreadable = current.version;
      this.#log.error(
        { err },
        `model ${current.version} cannot be read (${current.file}); "magpie models rollback" chooses another`,
      );
    }
  }
}

/** A registered model as its file has it. @throws ModelFileError; the system's error where the file cannot be read. */
export async function readModel(modelsDir: string, { file }: Pick<ModelRecord, 'file'>): Promise<FactorModel> {
  return readFactorModel(await readFile(join(modelsDir, file)));
}
