import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { IdMap } from '../../shared/recommender/interactions/id-map.ts';
import { writeFactorModel } from '../../shared/recommender/model/factor-model-file.ts';
import { defaultParameters } from '../../shared/recommender/training/parameters.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { recordingLog } from '../testing/test-log.ts';
import { modelFileProblem, promoteModel, rollBackModel } from './model-files.ts';
import { Recommender } from './recommender.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-model-'));
  store = await openStore({ dataDir: folder, databaseUrl: null });
  return async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
});

const bytesOf = (factor: number): Uint8Array =>
  writeFactorModel({
    ...{ nFactors: 1, users: IdMap.of(['ada']), userFactors: Float32Array.of(1) },
    ...{ items: IdMap.of(['tea']), itemFactors: Float32Array.of(factor) },
    parameters: { ...defaultParameters('implicit'), nFactors: 1 },
  });

function damaged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 20]! ^= 4;
  return copy;
}

const record = (version: string) => ({
  version,
  file: `${version}.safetensors`,
  createdAt: new Date(),
  parameters: {},
});
const pathOf = (version: string): string => join(folder, `${version}.safetensors`);

/** Registers a model and, whatever its file is, promotes it. */
async function promoted(version: string, bytes: Uint8Array | null): Promise<void> {
  if (bytes !== null) await writeFile(pathOf(version), bytes);
  await store.models.add(record(version));
  await store.models.promote(version);
}

function server() {
  const { log, lines } = recordingLog('warn');
  const recommender = new Recommender(store, folder, log);
  return { recommender, lines, version: async () => (await recommender.currentModel())?.version };
}

describe('a promoted model whose file is damaged', () => {
  test('is never served: the one before goes on, and the log says why', async () => {
    await promoted('v1', bytesOf(1));
    const { recommender, lines, version } = server();
    expect(await version()).toBe('v1');
    await promoted('v2', damaged(bytesOf(2)));
    await expect.poll(() => recommender.modelProblem(), { timeout: 5_000 }).toMatch(/^the file is damaged: /);
    expect(await version()).toBe('v1');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.['msg']).toMatch(/^model v2 cannot be read \(the file is damaged: .*\), so model v1 answers: /);
    await writeFile(pathOf('v2'), bytesOf(2));
    await expect.poll(version, { timeout: 5_000 }).toBe('v2');
    expect(await recommender.modelProblem()).toBeNull();
    expect(lines).toHaveLength(1);
  });

  test('gives way to the one that answered before when a server starts', async () => {
    await promoted('v9', bytesOf(1));
    await promoted('v1', bytesOf(1));
    await promoted('v2', damaged(bytesOf(2)));
    const { recommender, version } = server();
    expect(await version()).toBe('v1');
    expect(await recommender.modelProblem()).toMatch(/^the file is damaged/);
  });

  test('and no other leaves what is popular', async () => {
    await promoted('v1', null);
    const { recommender, lines, version } = server();
    expect(await version()).toBeUndefined();
    expect(lines[0]?.['msg']).toMatch(
      /^model v1 cannot be read \(its file is missing\), so what is popular is recommended: /,
    );
    const item = { id: 'e1', userId: 'bob', itemId: 'tea', type: 'view', value: 1, source: 'test' } as const;
    await store.events.append([{ ...item, occurredAt: new Date() }]);
    expect(await recommender.recommend('ada', 3, { unlisted: true })).toMatchObject({ fallback: 'popular' });
  });
});

describe('promotion', () => {
  test('is refused to a model without its file, or with a damaged one', async () => {
    await promoted('v1', bytesOf(1));
    for (const version of ['v2', 'v3']) await store.models.add(record(version));
    await writeFile(pathOf('v3'), damaged(bytesOf(3)));
    await expect(promoteModel(store, folder, 'v2')).rejects.toThrow(
      /^model v2 cannot answer \(its file is missing\), so/,
    );
    await expect(promoteModel(store, folder, 'v3')).rejects.toThrow(/^model v3 cannot answer \(the file is damaged/);
    await expect(promoteModel(store, folder, 'v4')).rejects.toThrow(/^there is no model v4/);
    expect((await store.models.current())?.version).toBe('v1');
    await writeFile(pathOf('v3'), bytesOf(3));
    await promoteModel(store, folder, 'v3');
    expect((await store.models.current())?.version).toBe('v3');
  });

  test('is taken back to the model that answered before, if it still can', async () => {
    await promoted('v3', bytesOf(1));
    await promoted('v1', bytesOf(1));
    await promoted('v2', bytesOf(1));
    expect(await rollBackModel(store, folder)).toBe('v1');
    await rm(pathOf('v3'));
    await expect(rollBackModel(store, folder)).rejects.toThrow(
      /^model v3, which answered before, cannot answer any more/,
    );
    await writeFile(pathOf('v3'), bytesOf(1));
    expect(await rollBackModel(store, folder)).toBe('v3');
    await expect(rollBackModel(store, folder)).rejects.toThrow(/^no model answered before/);
  });
});

test('a model file of version 0.1.0 can answer', async () => {
  const former = new URL('../../shared/recommender/model/testing/release-0.1.0.safetensors', import.meta.url);
  await copyFile(former, pathOf('v1'));
  expect(await modelFileProblem(folder, record('v1'))).toBeNull();
});
