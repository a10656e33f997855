import { createRandom, pick, type Random, shuffled } from '../random.ts';
import { companyPrefix, gtin13 } from './gtin.ts';
import type { DemoProduct } from './product.ts';
import type { AccessoryRecipe, Axis, CategoryRecipe, KindRecipe } from './recipe.ts';
import { retailPriceCents } from './retail-price.ts';

/** One version of a model: a value for each of its axes. */
interface Version {
  values: { name: string; value: string; code: string; phrase: string }[];
  priceFactor: number;
}

/** What all versions of a model have in common. */
interface Model {
  category: string;
  kind: string;
  brand: string;
  model: string;
  /** As texts name it: brand and model, or a book's title alone. */
  name: string;
  /** As titles begin. */
  heading: string;
  features: string[];
  specs: { name: string; value: string }[];
  /** One to three sentences. */
  text: string;
  priceCents: number;
  tier: number;
  fitsModel: string | null;
  glyph: DemoProduct['glyph'];
}

/** Makes products from recipes: the same products for the same recipes, in the same order. */
export function generateProducts(recipes: readonly CategoryRecipe[]): DemoProduct[] {
  const products: DemoProduct[] = [];
  const itemsOfBrand = new Map<string, { index: number; items: number }>();
  const nextGtin = (brand: string) => {
    const entry = itemsOfBrand.get(brand) ?? { index: itemsOfBrand.size, items: 0 };
    itemsOfBrand.set(brand, entry);
    entry.items++;
    return gtin13(companyPrefix(entry.index), 100 + entry.items);
  };
  for (const recipe of recipes) {
    const random = createRandom(`catalogue/${recipe.category}`);
    const models: { model: Model; axes: readonly Axis[] }[] = [];
    for (const kind of recipe.kinds) {
      for (const model of modelsOf(recipe, kind, random)) models.push({ model, axes: kind.axes });
    }
    for (const accessory of recipe.accessories) {
      const targets = models.map((entry) => entry.model).filter((model) => model.kind === accessory.fits);
      for (const model of accessoriesFor(targets, accessory, recipe, random))
        models.push({ model, axes: accessory.axes });
    }
    for (const { model, axes } of models) {
      for (const version of versionsOf(axes, random)) products.push(toProduct(model, version, nextGtin(model.brand)));
    }
  }
  return products;
}

const fill = (template: string, name: string, value: string) => template.replaceAll(`{${name}}`, value);

/** The element of a list that rises with the price. */
function atTier<T>(values: readonly T[], tier: number): T {
  const value = values[Math.min(Math.floor(tier * values.length), values.length - 1)];
  if (value === undefined) throw new RangeError('a recipe has an empty list');
  return value;
}

/** Geometric between low and high, so that cheap models stand as far apart in proportion as dear ones. */
const priceAt = ([low, high]: readonly [number, number], tier: number) => 100 * low * (high / low) ** tier;

function modelsOf(category: CategoryRecipe, recipe: KindRecipe, random: Random): Model[] {
  const brands = recipe.brands ?? category.brands;
  const lines = shuffled(random, recipe.lines);
  const taken = new Set<string>();
  return Array.from({ length: recipe.models }, (_, i) => {
    const tier = (i + 0.2 + 0.6 * random()) / recipe.models;
    const line = lines[i % lines.length] as string;
    const model = [line, atTier(recipe.numbers, tier)].join(' ').trim();
    const brand = shuffled(random, brands).find((candidate) => !taken.has(`${candidate} ${model}`));
    if (brand === undefined) throw new RangeError(`${recipe.kind}: more models than names; ${model} is taken`);
    taken.add(`${brand} ${model}`);
    const name = category.byline ? model : `${brand} ${model}`;
    const features = shuffled(random, recipe.features).slice(0, recipe.alternatives || random() < 0.5 ? 1 : 2);
    const specs = recipe.specs.map((spec) => ({ ...spec, value: atTier(spec.values, tier) }));
    const spec = pick(random, specs);
    const middle = [
      ...features.map(([, sentence]) => sentence),
      fill(spec.sentence, 'value', spec.value),
      pick(random, recipe.closings),
    ].slice(0, 2);
    return {
      category: category.category,
      kind: recipe.kind,
      brand,
      model,
      name,
      heading: category.byline
        ? `${model} by ${brand}, ${recipe.kind}`
        : withFeature(`${name} ${recipe.kind}`, features[0]?.[0]),
      features: features.map(([short]) => short),
      specs: specs.map(({ name, value }) => ({ name, value })),
      text: [fill(pick(random, recipe.openings), 'name', name), ...middle].join(' '),
      priceCents: priceAt(recipe.priceEur, tier),
      tier,
      fitsModel: null,
      glyph: recipe.glyph,
    };
  });
}

/** `… Headphones, Noise Cancelling`, but `… Kettle with Timer`. */
function withFeature(heading: string, feature: string | undefined): string {
  if (feature === undefined) return heading;
  return feature.startsWith('with ') ? `${heading} ${feature}` : `${heading}, ${feature}`;
}

const modelKey = (model: Model) => slug(`${model.brand} ${model.model}`);

function accessoriesFor(targets: Model[], recipe: AccessoryRecipe, category: CategoryRecipe, random: Random): Model[] {
  const dearest = [...targets].sort((a, b) => b.tier - a.tier).slice(0, recipe.models);
  return dearest.map((target) => {
    const brand = pick(random, recipe.brands);
    const opening = fill(pick(random, recipe.openings), 'target', target.name);
    return {
      category: category.category,
      kind: recipe.kind,
      brand,
      model: `for ${target.name}`,
      name: `${brand} ${recipe.kind}`,
      heading: `${brand} ${recipe.kind} for ${target.name}`,
      features: [],
      specs: [{ name: 'Fits', value: target.name }],
      text: `${opening} ${pick(random, recipe.closings)}`,
      priceCents: priceAt(recipe.priceEur, target.tier),
      tier: target.tier,
      fitsModel: modelKey(target),
      glyph: recipe.glyph,
    };
  });
}

/** The versions of one model: neighbours where they differ in price, any where they do not. */
function versionsOf(axes: readonly Axis[], random: Random): Version[] {
  let versions: Version[] = [{ values: [], priceFactor: 1 }];
  for (const axis of axes) {
    const priced = axis.values.some((value) => value.priceFactor !== 1);
    const start = Math.floor(random() * (axis.values.length - axis.versions + 1));
    const ordered = priced ? axis.values.slice(start) : shuffled(random, axis.values);
    const chosen = ordered.slice(0, axis.versions);
    versions = versions.flatMap((version) =>
      chosen.map(({ value, code, priceFactor }) => ({
        values: [...version.values, { name: axis.name, value, code, phrase: fill(axis.phrase, 'value', value) }],
        priceFactor: version.priceFactor * priceFactor,
      })),
    );
  }
  return versions;
}

function toProduct(model: Model, version: Version, gtin: string): DemoProduct {
  const title = [model.heading, ...version.values.map(({ value }) => value)].join(', ');
  const phrases = version.values.map(({ phrase }) => phrase).join(' ');
  return {
    id: slug(
      [model.fitsModel ? model.heading : `${model.brand} ${model.model}`, ...version.values.map((v) => v.value)].join(
        ' ',
      ),
    ),
    title,
    brand: model.brand,
    category: model.category,
    kind: model.kind,
    model: model.model,
    modelKey: model.fitsModel ? slug(model.heading) : modelKey(model),
    version: version.values.map(({ name, value }) => ({ name, value })),
    features: model.features,
    specs: model.specs,
    description: phrases === '' ? model.text : `${model.text} This version comes ${phrases}.`,
    gtin13: gtin,
    mpn: partNumber(model, version, gtin),
    listPriceCents: retailPriceCents(model.priceCents * version.priceFactor),
    tier: model.tier,
    fitsModel: model.fitsModel,
    glyph: model.glyph,
  };
}

/** Letters of the name, part of the item reference and the version's codes, e.g. `AN700-106-BL`. */
function partNumber(model: Model, version: Version, gtin: string): string {
  const words = `${model.brand} ${model.model}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && word !== 'for');
  const stem = words.map((word) => (/^\d+$/.test(word) ? word : word.charAt(0).toUpperCase())).join('');
  return [stem.slice(0, 8), gtin.slice(9, 12), ...version.values.map(({ code }) => code)].join('-');
}

/** Lower-case ASCII letters, digits and hyphens. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/["'’]/g, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/\./g, '-')
    .replace(/^-+|-+$/g, '');
}
