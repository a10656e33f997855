import { unit } from '../random.ts';

/** Names as products use them. Oak, walnut and the metals are flat colours here. */
const COLOURS: Readonly<Record<string, string>> = {
  Black: '#2b2f36',
  White: '#f4f5f7',
  Graphite: '#4a505a',
  Grey: '#8d949e',
  Silver: '#c3c9d1',
  'Stainless Steel': '#b4bcc5',
  Blue: '#2f6fd0',
  'Midnight Blue': '#23395d',
  Navy: '#1f3358',
  'Glacier Blue': '#8fb8d6',
  Red: '#c8363c',
  Coral: '#f0705f',
  Orange: '#e8792b',
  Yellow: '#f0bf2c',
  Lime: '#a8cf45',
  Green: '#3f9a5f',
  'Sage Green': '#8fa58b',
  Pink: '#e58fb1',
  Rose: '#d9a5a9',
  'Rose Gold': '#d4a69a',
  Lilac: '#b5a1d6',
  Sand: '#d3bf9d',
  Cream: '#efe5cd',
  Brown: '#75502f',
  Brass: '#b9924a',
  Oak: '#c49b67',
  Walnut: '#6f4b30',
  Terracotta: '#c06a45',
  Clear: '#dfe8ee',
};

const NEUTRAL_BODY = '#5b6470';

export const bodyColour = (name: string | undefined): string =>
  name === undefined ? NEUTRAL_BODY : (COLOURS[name] ?? NEUTRAL_BODY);

/** A brand's own hue, in degrees. */
export const brandHue = (brand: string): number => Math.floor(unit(`hue/${brand}`) * 360);

/** Mixes a `#rrggbb` colour with white (amount > 0) or black (amount < 0). */
export function shade(hex: string, amount: number): string {
  const towards = amount > 0 ? 255 : 0;
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(value + (towards - value) * Math.abs(amount))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
