import { join } from 'node:path';
import { createApp } from '../api/app.ts';
import type { ApiParts } from '../api/parts.ts';
import type { ComparisonWorld } from '../comparison/testing/comparison-world.ts';
import { ImageFiles } from '../images/image-files.ts';
import { ImageProxy } from '../images/image-proxy.ts';
import { Metrics } from '../metrics/metrics.ts';
import { ReadinessCheck } from '../readiness/readiness-check.ts';
import { Recommender } from '../recommendations/recommender.ts';
import { testGate } from './test-gate.ts';
import { silentLog } from './test-log.ts';

/** The whole API over the parts of a comparison world, without the app's files. */
export function testApp(world: ComparisonWorld, folder: string, parts: Partial<ApiParts> = {}) {
  const modelsDir = join(folder, 'models');
  const recommender = new Recommender(world.store, modelsDir, silentLog);
  return createApp({
    ...world.parts,
    ...testGate(world.store),
    corsOrigins: [],
    publicUrl: null,
    comparisons: world.comparisons,
    log: silentLog,
    metrics: new Metrics(),
    readiness: new ReadinessCheck({ ...world.parts, recommender, modelsDir, log: silentLog }),
    recommender,
    images: new ImageProxy({
      fetcher: world.parts.shopResources.fetcher,
      files: new ImageFiles(join(folder, 'images')),
      onUnkept(error) {
        throw error;
      },
    }),
    modelsDir,
    drawPicture: async () => null,
    clientDir: null,
    closing: new AbortController().signal,
    outOfTime: new AbortController().signal,
    ...parts,
  });
}
