import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildInteractions } from '../../shared/recommender/interactions/build-interactions.ts';
import type { Csr } from '../../shared/recommender/interactions/interactions.ts';
import { TripleBuffer } from '../../shared/recommender/interactions/triples.ts';
import type { FactorModel } from '../../shared/recommender/model/factor-model.ts';
import { BatchRanker } from '../../shared/recommender/scoring/top-k/batch-ranker.ts';
import type { Rankings } from '../../shared/recommender/scoring/top-k/ranking-lane.ts';
import { readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { problemOf, readModel } from '../recommendations/model-files.ts';
import type { Store } from '../store/store.ts';
import { printJson } from './output.ts';
import { progressBar } from './progress.ts';
import { withStore } from './with-store.ts';

/**
 * Writes the best items of every shopper of the current model to a CSV, as for a mailing: `user_id,rank,item_id,score`.
 * Shoppers are as the model was trained on them; what they have met since is left out of their lists, no more.
 */
export async function recommendToAll(flags: { limit: number; out: string; json: boolean }): Promise<void> {
  const config = readConfig();
  await withStore(config, async (store) => {
    const current = await store.models.current();
    if (current === null) throw new OperatorError('there is no model yet: "magpie train" makes one');
    const { version } = current;
    const model = await readModel(join(config.dataDir, 'models'), current).catch((cause: Error) => {
      throw new OperatorError(
        `model ${version} cannot be read (${problemOf(cause)}): "magpie models list" shows which can, "magpie models promote VERSION" takes one`,
        { cause },
      );
    });
    const seen = await seenItems(store, model);
    const startedAt = performance.now();
    const ranker = await BatchRanker.open(model, seen);
    try {
      await writeLists(flags.out, model, ranker, flags.limit);
    } finally {
      ranker.close();
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const users = model.users.size;
    if (flags.json) printJson({ model_version: version, users, out: flags.out, seconds, engine: ranker.engine });
    else console.log(`${users} shoppers in ${seconds.toFixed(1)} s on ${ranker.engine}: written to ${flags.out}`);
  });
}

/** What each shopper of the model has met, of the model's items. */
async function seenItems(store: Store, model: FactorModel): Promise<Csr> {
  const { events: total } = await store.events.count();
  const bar = progressBar('reading events', 'events');
  const triples = new TripleBuffer();
  let read = 0;
  try {
    for await (const batch of store.events.scan()) {
      for (const { userId, itemId } of batch) {
        const user = model.users.indexOf(userId);
        const item = model.items.indexOf(itemId);
        if (user !== undefined && item !== undefined) triples.add(user, item, 1);
      }
      read += batch.length;
      bar.update(read, total);
    }
  } finally {
    bar.stop();
  }
  const shape = { nUsers: model.users.size, nItems: model.items.size };
  return buildInteractions(triples.triples(), shape, 'last').byUser;
}

/** A file is there whole or not at all. */
async function writeLists(path: string, model: FactorModel, ranker: BatchRanker, limit: number): Promise<void> {
  const allUsers = Uint32Array.from({ length: model.users.size }, (_, user) => user);
  const bar = progressBar('ranking', 'shoppers');
  const lines = async function* (): AsyncGenerator<string> {
    yield 'user_id,rank,item_id,score\n';
    let done = 0;
    for await (const rankings of ranker.rank(allUsers, limit)) {
      for (let row = 0; row < rankings.users.length; row++) yield listOf(rankings, row, model);
      done += rankings.users.length;
      bar.update(done, allUsers.length);
    }
  };
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(temporary, { flags: 'wx' }));
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new OperatorError(`${path} could not be written: ${cause.message}`, { cause });
  } finally {
    bar.stop();
  }
}

function listOf({ users, n, lengths, items, scores }: Rankings, row: number, model: FactorModel): string {
  const user = csvField(model.users.idOf(users[row]!));
  let lines = '';
  for (let rank = 0; rank < lengths[row]!; rank++) {
    const at = row * n + rank;
    lines += `${user},${rank + 1},${csvField(model.items.idOf(items[at]!))},${scores[at]!.toPrecision(7)}\n`;
  }
  return lines;
}

/** RFC 4180, section 2. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
