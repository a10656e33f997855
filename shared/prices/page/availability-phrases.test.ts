import { describe, expect, it } from 'vitest';
import { availabilityFromText } from './availability-phrases.ts';

describe('availabilityFromText', () => {
  it.each([
    'In stock',
    'Only 3 left',
    'Auf Lager',
    'Sofort lieferbar',
    'En stock',
    'Disponible',
    'Disponibile',
    'Op voorraad',
    'I lager',
    'Skladem',
    'В наличии',
    'W magazynie',
    '在庫あり',
    '有货',
    'Raktáron',
    'Stokta',
    'Em estoque',
  ])('%s is in stock', (text) => {
    expect(availabilityFromText(text)).toBe('InStock');
  });

  it.each([
    '0 in stock',
    'Only 0 left',
    'In stock (0)',
    'Auf Lager: 0 Stück',
    '0 st i lager',
    'Skladem 0 ks',
    'En stock : 0',
    '0 op voorraad',
  ])('%s counts none', (text) => {
    expect(availabilityFromText(text)).toBe('OutOfStock');
  });

  it.each(['10 in stock', 'In stock 0-2 days', 'In stock, 0% financing', 'Lieferzeit 0-2 Tage, auf Lager'])(
    '%s counts something else',
    (text) => {
      expect(availabilityFromText(text)).toBe('InStock');
    },
  );

  it.each(['暂时缺货', '現在在庫切れです', '抱歉,没有货', 'Loppunut varastosta'])('%s is out of stock', (text) => {
    expect(availabilityFromText(text)).toBe('OutOfStock');
  });

  it.each([
    'Out of stock',
    'SOLD OUT',
    'Currently unavailable',
    'Not in stock',
    'Ausverkauft',
    'Nicht auf Lager',
    'Derzeit nicht verfügbar',
    'Rupture de stock',
    'Indisponible',
    'Agotado',
    'No disponible',
    'Esgotado',
    'Non disponibile',
    'Esaurito',
    'Uitverkocht',
    'Niet op voorraad',
    'Slutsåld',
    'Není skladem',
    'Produkt niedostępny',
    'Нет в наличии',
    '在庫切れ',
    '售罄',
    '품절',
    'Tükendi',
    'Nincs raktáron',
    'Stoc epuizat',
  ])('%s is out of stock, though it may hold a phrase of the contrary', (text) => {
    expect(availabilityFromText(text)).toBe('OutOfStock');
  });

  it('knows what can be ordered ahead', () => {
    expect(availabilityFromText('Pre-order now')).toBe('PreOrder');
    expect(availabilityFromText('Available to backorder')).toBe('BackOrder');
  });

  it('cannot tell from anything else', () => {
    for (const text of ['', 'Kettle', 'Stockholm', 'Livestock feed', '3 colours', 'Add to wish list']) {
      expect(availabilityFromText(text), text).toBeNull();
    }
  });
});
