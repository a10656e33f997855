import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { demoProducts } from './catalogue/catalogue.ts';
import { productImageAt, productImagePath, productImageSvg } from './product-image.ts';

const MAX_CHARACTERS = 5_000;

/** What is opened and not closed, or closed and not opened: an SVG is XML, and a picture with a fault does not show. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', selfClosing] of xml.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (selfClosing) continue;
    if (!slash) open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}

describe('a product image', () => {
  it('is drawn for every product: small, balanced, with no colour left open and nothing loaded', () => {
    for (const { id } of demoProducts()) {
      const svg = productImageSvg(id) ?? '';
      expect(svg.length, id).toBeLessThan(MAX_CHARACTERS);
      expect(unbalanced(svg), id).toEqual([]);
      expect(svg).not.toMatch(/\$[a-z]|undefined|NaN|href|<script|<style/);
    }
  });

  it('names brand and model, with the characters of XML escaped', () => {
    const product = demoProducts().find(({ model }) => model.includes('&'));
    const svg = productImageSvg(product?.id ?? '') ?? '';
    expect(svg).toContain(product?.model.replace('&', '&amp;'));
    expect(parseDocument(svg, { xmlMode: true }).children.length).toBeGreaterThan(0);
  });

  it('has the colour of the version', () => {
    const red = demoProducts().find(({ kind, version }) => kind === 'Rain Jacket' && version[0]?.value === 'Red');
    const black = demoProducts().find(
      ({ modelKey, version }) => modelKey === red?.modelKey && version[0]?.value !== 'Red',
    );
    expect(productImageSvg(red?.id ?? '')).toContain('#c8363c');
    expect(productImageSvg(black?.id ?? '')).not.toContain('#c8363c');
  });

  it('is at its path, and nothing is at others', () => {
    const { id } = demoProducts()[0]!;
    expect(productImageAt(productImagePath(id))).toBe(productImageSvg(id));
    for (const path of [`/images/other/${id}.svg`, `/images/demo/${id}.png`, '/images/demo/nothing.svg']) {
      expect(productImageAt(path)).toBeNull();
    }
  });

  it('is null for what is not sold', () => {
    expect(productImageSvg('nothing')).toBeNull();
  });
});
