import { describe, expect, it } from 'vitest';
import type { Money } from '../../shared/prices/money/money.ts';
import { type ShippingDeclaration, shippingOf } from './shipping.ts';

const EUR = (minor: number): Money => ({ minor, currency: 'EUR' });
const offer = (told: { shipping?: Money; shippingTo?: Record<string, Money> } = {}) => ({
  price: EUR(4000),
  shipping: null,
  ...told,
});
const declared = (shipping: ShippingDeclaration['shipping']): ShippingDeclaration => ({
  currency: 'EUR',
  locale: 'de-DE',
  shipping,
});

describe('what sending costs', () => {
  it.each<[string, Parameters<typeof shippingOf>, number | null]>([
    ['as the page tells it for the country', [offer({ shippingTo: { AT: EUR(990) } }), {}, 'AT'], 990],
    ['not told where the page names other countries', [offer({ shippingTo: { AT: EUR(990) } }), {}, 'FR'], null],
    [
      'as the page tells it, within the shop’s own country',
      [offer({ shipping: EUR(490) }), declared(undefined), 'DE'],
      490,
    ],
    [
      'not told abroad, where the page names no country',
      [offer({ shipping: EUR(490) }), declared(undefined), 'FR'],
      null,
    ],
    ['not told where the shop’s own country is unknown', [offer({ shipping: EUR(490) }), { locale: 'de' }, 'DE'], null],
    ['as the page tells it, where no country was asked for', [offer({ shipping: EUR(490) }), {}, null], 490],
    ['by the rule for everywhere', [offer(), declared({ amount: '5.00' }), 'FR'], 500],
    [
      'by the rule for the country before the one for everywhere',
      [offer(), declared([{ amount: '15.00' }, { to: ['AT', 'FR'], amount: '9.00' }]), 'FR'],
      900,
    ],
    ['not told where no rule holds', [offer(), declared([{ to: ['DE'], amount: '4.90' }]), 'FR'], null],
    [
      'by the rule for the shop’s own country, where none was asked for',
      [offer(), declared([{ to: ['DE'], amount: '4.90' }]), null],
      490,
    ],
    [
      'nothing from the rule’s amount on',
      [offer(), declared([{ to: ['DE'], amount: '4.90', free_from: '40.00' }]), 'DE'],
      0,
    ],
    [
      'not told by a rule in another currency',
      [offer(), { ...declared({ amount: '4.90' }), currency: 'CHF' }, 'DE'],
      null,
    ],
  ])('is %s', (_, question, minor) => {
    expect(shippingOf(...question)?.minor ?? null).toBe(minor);
  });
});
