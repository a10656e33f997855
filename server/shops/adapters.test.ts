import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADAPTER_NAMES } from './declaration.ts';

test.each(ADAPTER_NAMES)('%s passes the compliance suite of shop adapters', (name) => {
  expect(existsSync(new URL(`./${name}/${name}-shop.compliance.test.ts`, import.meta.url))).toBe(true);
});
