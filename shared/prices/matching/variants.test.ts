import { describe, expect, test } from 'vitest';
import { clusterOffers } from './cluster-offers.ts';
import { matchOffers } from './match.ts';

/* Variants of one model, in kinds of things and languages that the weights were fitted on none of. */

type Row = [kind: string, left: string, right: string];

const isSame = (left: string, right: string) => matchOffers({ title: left }, { title: right }).same;

describe('variants that are products of their own', () => {
  test.each<Row>([
    ['storage', 'Lexar NM790 SSD 1TB', 'Lexar NM790 SSD 2TB'],
    ['storage', 'Kindle Paperwhite 8 GB Wi-Fi', 'Kindle Paperwhite 32GB Wi-Fi'],
    ['storage', 'Fairphone 4 128 Go vert', 'Fairphone 4 256 Go vert'],
    ['storage', 'SanDisk Ultra microSD Speicherkarte 64GB', 'SanDisk Ultra microSD Speicherkarte 128GB'],
    ['storage', 'Synology NAS disco 4TB', 'Synology NAS disco 8TB'],
    ['network', 'Garmin Fenix 7 Solar', 'Garmin Fenix 7 Solar Cellular'],
    ['network', 'Lenovo Tab P12 Wi-Fi', 'Lenovo Tab P12 Wi-Fi + Cellular'],
    ['network', 'Withings ScanWatch 4G', 'Withings ScanWatch Cellular 4G'],
    ['network', 'Surface Go 3 64GB', 'Surface Go 3 64GB Cellular'],
    ['network', 'Tablette Archos 101 16 Go', 'Tablette Archos 101 16 Go cellular'],
    ['kit', 'Makita DHP484 combi drill body only', 'Makita DHP484 combi drill kit'],
    ['kit', 'Canon EOS 90D body only', 'Canon EOS 90D with 18-135mm lens'],
    ['kit', 'Nikon D7500 nur Gehäuse', 'Nikon D7500 mit Objektiv 18-140'],
    ['kit', 'Nikon D7500 boîtier nu', 'Nikon D7500 + objectif 18-140'],
    ['kit', 'Canon EOS 90D solo cuerpo', 'Canon EOS 90D con objetivo 18-135'],
    ['kit', 'Metabo BS 18 Akkuschrauber ohne Akku', 'Metabo BS 18 Akkuschrauber mit 2 Akkus'],
    ['generation', 'Kobo Clara 2E', 'Kobo Clara BW 3E'],
    ['generation', 'Sonos Beam Gen 1', 'Sonos Beam Gen 2'],
    ['generation', 'Canon EOS 5D Mark III', 'Canon EOS 5D Mark IV'],
    ['generation', 'Galaxy S8 64GB', 'Galaxy S8+ 64GB'],
    ['generation', 'iPhone 8 64GB', 'iPhone 8 Plus 64GB'],
    ['pack count', 'Duracell Plus AA 4 pack', 'Duracell Plus AA 12 pack'],
    ['pack count', 'Finish Quantum 36 pcs', 'Finish Quantum 60 pcs'],
    ['pack count', 'Varta Longlife AAA 4 Stück', 'Varta Longlife AAA 10 Stück'],
    ['pack count', 'Evian water 500ml', 'Evian water 6 x 500ml'],
    ['pack count', 'San Pellegrino 4 x 250 ml', 'San Pellegrino 24 x 250 ml'],
    ['size', 'Le Creuset casserole 20cm 2.4 l', 'Le Creuset casserole 24cm 4.2 l'],
    ['size', 'Dell UltraSharp 24 inch monitor', 'Dell UltraSharp 27 inch monitor'],
    ['size', 'Eau Sauvage 50 ml', 'Eau Sauvage 100 ml'],
    ['size', 'Mutti passata di pomodoro 400g', 'Mutti passata di pomodoro 700g'],
    ['size', 'Monitor LG UltraWide 29 Zoll', 'Monitor LG UltraWide 34 Zoll'],
  ])('%s: %s ≠ %s', (_kind, left, right) => {
    expect(isSame(left, right)).toBe(false);
    expect(isSame(right, left)).toBe(false);
  });
});

describe('one product', () => {
  test.each<Row>([
    ['colour', 'Bose QuietComfort 45 headphones black', 'Bose QuietComfort 45 headphones white'],
    ['colour', 'JBL Flip 6 Bluetooth speaker red', 'JBL Flip 6 Bluetooth speaker blue'],
    ['colour', 'Fairphone 4 128GB schwarz', 'Fairphone 4 128GB grün'],
    ['colour', 'Marshall Emberton 2 enceinte Bluetooth noir', 'Marshall Emberton 2 enceinte Bluetooth blanc'],
    ['colour', 'Nothing Phone 128GB nero', 'Nothing Phone 128GB bianco'],
    ['generation, in two writings', 'Canon EOS 5D Mark IV body', 'Canon EOS 5D Mk 4 body'],
    ['generation, in two writings', 'Galaxy S8+ 64GB', 'Galaxy S8 Plus 64GB'],
    ['generation, in two writings', 'Sony Alpha A7 III body', 'Sony Alpha A7 3 body'],
    ['network, told by one shop', 'Nothing Phone 128GB smartphone', 'Nothing Phone 128GB smartphone unlocked'],
    ['pack, in two writings', 'San Pellegrino 24 x 250 ml', 'San Pellegrino 24x250ml'],
    [
      'size, in two units',
      'Monini Classico olio extra vergine di oliva 1L',
      'Monini Classico olio extra vergine di oliva 1000ml',
    ],
  ])('%s: %s = %s', (_kind, left, right) => {
    expect(isSame(left, right)).toBe(true);
    expect(isSame(right, left)).toBe(true);
  });
});

describe('among the offers of several shops', () => {
  const group = (offers: readonly (readonly [shop: string, title: string])[]) =>
    clusterOffers(offers.map(([shop, title]) => ({ shop, title })));

  test('a shop that lists two titles has two products, and each takes the other shop’s that is nearest', () => {
    expect(
      group([
        ['a', 'Acme Rover vacuum cleaner compact'],
        ['a', 'Acme Rover vacuum cleaner'],
        ['b', 'Acme Rover compact vacuum cleaner'],
        ['b', 'Acme Rover vacuum cleaner'],
      ]),
    ).toEqual([0, 1, 0, 1]);
  });

  test('equal titles of one shop are two products', () => {
    const [one, other] = group([
      ['a', 'Acme Rover vacuum cleaner'],
      ['a', 'Acme Rover vacuum cleaner'],
    ]);
    expect(one).not.toBe(other);
  });

  test('one GTIN is one product, even within a shop', () => {
    const gtin = '4006381333931';
    expect(
      clusterOffers([
        { shop: 'a', title: 'Stabilo point 88', gtin },
        { shop: 'a', title: 'Stabilo fineliner', gtin },
      ]),
    ).toEqual([0, 0]);
  });

  test('storage, generation and colour of a family of phones', () => {
    const titles = [
      ['Acme Zeta 5 64GB black', 'Acme Zeta 5 64 GB grey', 'Acme Zeta 5 64GB sim free'],
      ['Acme Zeta 5 128GB black', 'Acme Zeta 5 128 GB grey'],
      ['Acme Zeta 6 64GB black', 'Acme Zeta 6 64 GB grey'],
      ['Acme Zeta 5 Plus 64GB black', 'Acme Zeta 5 Plus 64 GB grey'],
    ];
    const products = titles.flatMap((same, product) => same.map(() => product));
    expect(clusterOffers(titles.flat().map((title) => ({ title })))).toEqual(products);
  });
});
