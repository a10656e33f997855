import { describe, expect, it } from 'vitest';
import { selectorDeclarationSchema } from './selector-declaration.ts';

describe('selectorDeclarationSchema', () => {
  it('accepts a selector alone, or with attribute and pattern', () => {
    const declaration = {
      product: {
        price: '.price .now',
        sku: { selector: 'dl.specs dd', pattern: 'SKU:\\s*(\\S+)' },
        image: { selector: 'img', attribute: 'data-zoom' },
      },
      list: { item: 'li.card', link: 'a', price: '.price' },
    };
    expect(selectorDeclarationSchema.parse(declaration)).toEqual(declaration);
  });

  it.each([
    ['a broken selector', { product: { price: '.price >>> [' } }, /CSS selector/],
    ['a broken pattern', { product: { price: { selector: 'b', pattern: '(' } } }, /regular expression/],
    ['an unknown field', { product: { colour: 'b' } }, /colour/],
    ['a list without its item', { list: { price: 'b' } }, /item/],
  ])('says what is wrong with %s', (_fault, declaration, message) => {
    const result = selectorDeclarationSchema.safeParse(declaration);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toMatch(message);
  });
});
