import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADAPTER_NAMES, parseDeclaration } from './declaration.ts';
import { declarationFields } from './declaration-fields.ts';

const GUIDE = readFileSync(new URL('../../docs/operator-guide.md', import.meta.url), 'utf8');
const EXAMPLES = [...GUIDE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text.trimEnd());
const adapterOf = (example: string) => parseDeclaration(example, 'docs/operator-guide.md').adapter;

describe("the operator guide's examples", () => {
  it.each(EXAMPLES.map((example) => [adapterOf(example), example]))('can be used as they stand: %s', (_, example) => {
    expect(example.split('\n').length).toBeLessThanOrEqual(15);
  });

  it('show every adapter', () => {
    expect(EXAMPLES.map(adapterOf).sort()).toEqual([...ADAPTER_NAMES].sort());
  });

  it('stand beside a word on each field that every shop has', () => {
    for (const field of Object.keys(declarationFields)) expect(GUIDE).toContain(`\`${field}\``);
  });
});
