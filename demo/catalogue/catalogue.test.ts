import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { demoProducts } from './catalogue.ts';
import { categories } from './categories/all.ts';
import { generateProducts } from './generate.ts';

const products = demoProducts();
const text = (product: (typeof products)[number]) => `${product.title} | ${product.description}`;

describe('the demo catalogue', () => {
  it('has about 2,000 products in 20 categories of about a hundred', () => {
    const counts = Object.groupBy(products, ({ category }) => category);
    expect(products.length).toBeGreaterThan(1_900);
    expect(products.length).toBeLessThan(2_150);
    expect(Object.keys(counts)).toHaveLength(20);
    for (const items of Object.values(counts)) expect(items?.length).toSatisfy((n: number) => n >= 80 && n <= 120);
  });

  it('is the same, byte for byte, whenever and wherever it is made', () => {
    const again = JSON.stringify(generateProducts(categories));
    expect(again).toBe(JSON.stringify(products));
    expect(createHash('sha256').update(again).digest('hex')).toMatchInlineSnapshot(
      `"45a1b6e7cbc1c9eab1de4747f8a9690e90f4b4b08b6cde61ca1e9db768073ce9"`,
    );
  });

  it('gives every product an id, a title and a GTIN of its own', () => {
    for (const field of ['id', 'title', 'gtin13'] as const) {
      expect(new Set(products.map((product) => product[field])).size).toBe(products.length);
    }
    for (const { id } of products) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('has valid GTIN-13s under unrestricted prefixes', () => {
    for (const { gtin13 } of products) {
      expect(gtin13).toMatch(/^4[0-4]\d{11}$/);
      expect(Number(gtin13.slice(0, 3))).toBeLessThanOrEqual(440);
      // With the check digit, the sum of the digits weighted 1, 3, 1, 3 … from the left is a multiple of ten.
      const sum = [...gtin13].reduce((total, digit, i) => total + Number(digit) * [1, 3][i % 2]!, 0);
      expect(sum % 10, gtin13).toBe(0);
    }
  });

  it('describes each product in two to four sentences, with every blank filled in', () => {
    for (const product of products) {
      const sentences = product.description.match(/[.?](?= [A-Z0-9“]|$)/g) ?? [];
      expect(sentences.length, product.description).toBeGreaterThanOrEqual(2);
      expect(sentences.length, product.description).toBeLessThanOrEqual(4);
      expect(text(product)).not.toMatch(/[{}]|undefined|null| {2}|,,|\(\)/);
    }
  });

  it('asks plausible prices', () => {
    const prices = (kind: string) =>
      products.filter((product) => product.kind === kind).map((product) => product.listPriceCents / 100);
    const range = (kind: string) => [Math.min(...prices(kind)), Math.max(...prices(kind))] as const;
    expect(range('Smartphone')[0]).toBeGreaterThan(120);
    expect(range('Smartphone')[1]).toBeLessThan(1_700);
    expect(range('Coffee Beans')[0]).toBeGreaterThan(3);
    expect(range('Coffee Beans')[1]).toBeLessThan(30);
    expect(range('City E-Bike')[0]).toBeGreaterThan(1_000);
    for (const { listPriceCents } of products) expect(Number.isInteger(listPriceCents)).toBe(true);
  });

  it('has models in versions that differ in one or two things, and cost more the more there is', () => {
    const models = Object.groupBy(products, ({ modelKey }) => modelKey);
    for (const versions of Object.values(models)) {
      expect(new Set(versions?.map(({ kind }) => kind)).size).toBe(1);
      expect(new Set(versions?.map(({ version }) => JSON.stringify(version))).size).toBe(versions?.length);
    }
    const beans = products.filter(({ kind }) => kind === 'Coffee Beans');
    const of = (model: string, weight: string) =>
      beans.find(({ modelKey, version }) => modelKey === model && version[0]?.value === weight)?.listPriceCents ?? 0;
    for (const { modelKey } of beans) expect(of(modelKey, '250 g')).toBeLessThan(of(modelKey, '1 kg'));
  });

  it('has accessories that name the model they fit', () => {
    const accessories = products.filter(({ fitsModel }) => fitsModel !== null);
    expect(accessories.length).toBeGreaterThan(200);
    for (const { fitsModel, title, category } of accessories) {
      const target = products.find(({ modelKey }) => modelKey === fitsModel);
      expect(target?.category).toBe(category);
      expect(title).toContain(target?.model);
    }
  });
});
