import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { withoutUsers } from '../../shared/recommender/model/without-users.ts';
import type { Scorer } from '../../shared/recommender/scoring/scorer.ts';
import { openScorer } from '../../shared/recommender/scoring/scorer-cpu.ts';
import type { Log } from '../logging/log.ts';
import type { ModelRecord, Store } from '../store/store.ts';
import { problemOf, readModel } from './model-files.ts';

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
  /** The promoted version whose file could not be read: logged once, and tried again when the file has changed. */
  #unreadable: { version: string; stamp: string; problem: string } | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | null = null;

  constructor(store: Store, modelsDir: string, log: Log) {
    this.#store = store;
    this.#modelsDir = modelsDir;
    this.#log = log;
  }

  /**
   * Null while there is no model. A model that cannot be read is logged once, and the last good one stays in use; after a
   * start the one that answered before.
   */
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

  /** Why the registry's current model does not answer; null: it does, or there is none. */
  async problem(): Promise<string | null> {
    await this.get();
    return this.#unreadable?.problem ?? null;
  }

  async #check(): Promise<void> {
    const current = await this.#store.models.current();
    this.#checkedAt = performance.now();
    if (current === null || current.version === this.#loaded?.version) {
      this.#unreadable = null;
      return;
    }
    const stamp = await this.#stampOf(current);
    if (this.#unreadable?.version === current.version && this.#unreadable.stamp === stamp) return;
    try {
      await this.#load(current);
      this.#unreadable = null;
    } catch (err) {
      const isNews = this.#unreadable?.version !== current.version;
      this.#unreadable = { version: current.version, stamp, problem: problemOf(err) };
      if (this.#loaded === null) await this.#loadPrevious();
      if (isNews) this.#tell(err);
    }
  }

  async #load(record: ModelRecord): Promise<void> {
    const model = withoutUsers(await readModel(this.#modelsDir, record), () => true);
    this.#loaded = { version: record.version, model, scorer: openScorer(model) };
  }

  async #loadPrevious(): Promise<void> {
    const previous = await this.#store.models.previous();
    if (previous === null) return;
    try {
      await this.#load(previous);
    } catch (err) {
      this.#log.error({ err }, `model ${previous.version}, which answered before, cannot be read either`);
    }
  }

  #tell(err: unknown): void {
    const instead = this.#loaded === null ? 'what is popular is recommended' : `model ${this.#loaded.version} answers`;
    this.#log.error(
      { err },
      `model ${this.#unreadable?.version} cannot be read (${this.#unreadable?.problem}), so ${instead}: "magpie models list" shows which can, "magpie models promote VERSION" takes one`,
    );
  }

  /** Another one when the file has changed. */
  async #stampOf({ file }: ModelRecord): Promise<string> {
    try {
      const { ino, size, mtimeMs } = await stat(join(this.#modelsDir, file));
      return `${ino} ${size} ${mtimeMs}`;
    } catch {
      return 'none';
    }
  }
}
