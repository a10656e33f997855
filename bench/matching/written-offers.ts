import { readFileSync } from 'node:fs';
import type { LabelledOffer } from './data.ts';
import { mulberry32 } from './random.ts';

/**
 * Phones and cameras as shops might title them: families of model names, told apart by short words (`plus`, `iii`),
 * storage, or what is in the box. PriceRunner's categories at hand have model numbers instead, and a matcher that has
 * seen only those takes a title without one for a general title. Products in `written/`, one a line; colours are no
 * products of their own.
 */
export function writtenOffers(): LabelledOffer[] {
  return [...phones(), ...cameras()];
}

interface Wording {
  brand: string;
  model: string;
  /** Storage in GB, or what comes with a camera; empty for neither. */
  variant: string;
  colour: string;
  inches?: string | undefined;
  code?: string | undefined;
}

const PHONE_SHOPS: readonly ((offer: Wording) => string)[] = [
  ({ brand, model, variant, colour }) => `${brand} ${model} ${storage(variant, 'gb')} ${colour}`,
  ({ brand, model, variant, colour }) => `${brand} ${model} ${storage(variant, 'gb')} ${colour} sim free mobile phone`,
  ({ brand, model, variant, colour, inches }) =>
    `sim free ${brand} ${model} ${inches} inch ${storage(variant, 'gb')} mobile phone ${colour}`,
  ({ brand, model, variant, colour }) => `${brand} ${model} ${storage(variant, ' gb')} ${colour} smartphone`,
  ({ brand, model, variant, colour, inches }) =>
    `${brand} ${model} ${colour} ${inches} ${storage(variant, 'gb')} 4g unlocked sim free`,
  ({ model, variant, colour }) => `${model} ${storage(variant, 'gb')} ${colour}`,
  ({ brand, model, variant, colour, code = '' }) =>
    `${brand} ${code} ${model} ${storage(variant, 'gb')} ${colour} unlocked`,
  ({ brand, model, variant, colour, inches }) =>
    `${brand} ${model} ${inches} android ${storage(variant, 'gb')} 4g lte ${colour} handy`,
  ({ brand, model, variant, colour }) => `${brand} ${model} ${storage(variant, 'go')} ${colour} debloque`,
  ({ brand, model, colour }) => `${brand} ${model} ${colour}`,
  ({ brand, model, variant, colour, code = '' }) =>
    `new ${brand} ${model} ${storage(variant, 'gb')} ${code} ${colour} 12mp factory unlocked 24 month warranty`,
];

const CAMERA_SHOPS: readonly ((offer: Wording) => string)[] = [
  ({ brand, model, variant, colour }) => `${brand} ${model} ${inBox(variant, 'body', '+ LENS')} ${colour}`,
  ({ brand, model, variant }) => `${brand} ${model} digital camera ${inBox(variant, 'body only', 'with LENS lens')}`,
  ({ brand, model, variant, colour }) =>
    `${brand} ${model} camera ${inBox(variant, 'body', 'with LENS lens')} ${colour || 'black'}`,
  ({ brand, model, variant, colour }) =>
    `${brand} ${model} ${inBox(variant, 'gehause', 'kit LENS')} ${colour && 'schwarz'}`,
  ({ model, variant, colour }) => `${model} ${inBox(variant, 'body', 'LENS kit')} ${colour}`,
  ({ brand, model, variant, colour }) =>
    `${brand} ${model} 20.1 mp ${colour} ${inBox(variant, 'body only', 'inc LENS lens')} wi fi`,
  ({ brand, model, variant }) =>
    `${brand} ${model} ${inBox(variant, 'nu', '+ objectif LENS')} appareil photo numerique`,
  ({ brand, model, colour }) => `${brand} ${model} camera ${colour}`,
  ({ brand, model, variant, colour }) =>
    `${brand} ${model} mirrorless camera ${inBox(variant, 'body', 'LENS')} with 3 inch lcd ${colour} 2 year guarantee`,
];

function storage(gigabytes: string, unit: string): string {
  return gigabytes && `${gigabytes}${unit}`;
}

function inBox(variant: string, bare: string, withLens: string): string {
  return variant === 'body' ? bare : variant && withLens.replace('LENS', variant);
}

const SEED = 5;
const SHARE_OF_SHOPS = 0.43;
const SHARE_OTHER_WRITING = 0.2;

function phones(): LabelledOffer[] {
  const random = mulberry32(SEED);
  return readLines('phones').flatMap(([brand, model, sizes, colours, inches, code]) =>
    sizes.split(' ').flatMap((variant) =>
      PHONE_SHOPS.entries()
        .flatMap(([shop, title]) => {
          if (random() > SHARE_OF_SHOPS) return [];
          const written = random() < SHARE_OTHER_WRITING ? model.replace('+', ' plus') : model;
          const colour = pick(colours.split(','), random);
          const text = title({ brand, model: written, variant, colour, inches, code });
          return [labelled(text, `phone shop ${shop}`, [brand, model, variant], 'phones (written)')];
        })
        .toArray(),
    ),
  );
}

function cameras(): LabelledOffer[] {
  const random = mulberry32(SEED);
  return readLines('cameras').flatMap(([brand, model, variants]) =>
    variants.split(';').flatMap((variant) =>
      CAMERA_SHOPS.entries()
        .flatMap(([shop, title]) => {
          if (random() > SHARE_OF_SHOPS) return [];
          const colour = pick(['black', '', 'silver'], random);
          const text = title({ brand, model: otherWriting(model, random), variant, colour });
          return [labelled(text, `camera shop ${shop}`, [brand, model, variant], 'cameras (written)')];
        })
        .toArray(),
    ),
  );
}

/** Some shops write `tz70` for `tz 70`, some `mk 4` for `mark iv`. */
function otherWriting(model: string, random: () => number): string {
  const joined = random() < SHARE_OTHER_WRITING ? model.replace(/\b(tz|rx|hx|wx|x|k|z|gh|gx|ft) (?=\w)/g, '$1') : model;
  return random() < SHARE_OTHER_WRITING / 2
    ? joined.replace(/mark (i[iv]+)\b/, (_, roman: string) => `mk ${{ ii: 2, iii: 3, iv: 4 }[roman] ?? roman}`)
    : joined;
}

type Line = [
  brand: string,
  model: string,
  variants: string,
  colours: string,
  inches: string | undefined,
  code: string | undefined,
];

function readLines(name: string): Line[] {
  const text = readFileSync(new URL(`written/${name}.txt`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Line => {
      const [brand = '', model = '', variants = '', colours = '', inches, code] = line.split('|');
      return [brand, model, variants, colours, inches, code];
    });
}

function labelled(title: string, shop: string, product: readonly string[], category: string): LabelledOffer {
  return { title: title.replace(/\s+/g, ' ').trim(), shop, cluster: product.join(' '), category };
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? '';
}
