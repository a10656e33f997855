import { afterAll, beforeAll, vi } from 'vitest';
import { describeBatchRanker } from '../../testing/batch-ranker.compliance.ts';

beforeAll(() => {
  vi.stubGlobal('SharedArrayBuffer', undefined);
});

afterAll(() => {
  vi.unstubAllGlobals();
});

describeBatchRanker('without SharedArrayBuffer', /same thread/, {});
