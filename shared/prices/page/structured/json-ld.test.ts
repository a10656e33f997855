import { describe, expect, it } from 'vitest';
import { readJsonLd } from './json-ld.ts';

const block = (json: string, attributes = 'type="application/ld+json"'): string =>
  `<script ${attributes}>${json}</script>`;

describe('readJsonLd', () => {
  it('collects the objects of all blocks, lists opened', () => {
    const html = `<head>${block('{"@type":"A"}')}</head><body>${block('[{"@type":"B"},{"@type":"C"}]')}`;
    expect(readJsonLd(html).map((object) => object['@type'])).toEqual(['A', 'B', 'C']);
  });

  it('accepts the attribute in any form', () => {
    for (const attributes of [
      "type='application/ld+json'",
      'type=application/ld+json',
      'id="x" TYPE="application/ld+json" async',
    ]) {
      expect(readJsonLd(block('{"@type":"A"}', attributes)), attributes).toHaveLength(1);
    }
  });

  it('leaves out blocks inside HTML comments, as a browser would', () => {
    expect(readJsonLd(`<!-- ${block('{"@type":"Old"}')} -->${block('{"@type":"New"}')}`)).toEqual([{ '@type': 'New' }]);
    expect(readJsonLd(`<script><!-- hidden</script>${block('{"@type":"Kept"}')}`)).toEqual([{ '@type': 'Kept' }]);
  });

  it('goes on after a block that holds no JSON', () => {
    expect(readJsonLd(block('oops') + block('{"@type":"A"}'))).toEqual([{ '@type': 'A' }]);
  });

  it('reads a block that is never closed', () => {
    expect(readJsonLd('<script type="application/ld+json">{"@type":"A"}')).toEqual([{ '@type': 'A' }]);
  });
});
