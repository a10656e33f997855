import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PriceTextOptions, parsePriceText } from './parse-price-text.ts';

function read(text: string, options?: PriceTextOptions): [string | null, string | null] {
  const { amount, currency } = parsePriceText(text, options);
  return [amount, currency];
}

describe('names of models', () => {
  test.each(['NT450i5', 'Kód: NT450i5', 'RM450x', 'R450d'])('%s is no price', (text) => {
    expect(read(text)[0]).toBeNull();
  });

  test.each([
    ['Rp25rb', '25000'],
    ['Rs450each', '450'],
    ['NT450', '450'],
    ['CHF12.50', '12.50'],
  ])('%s is one', (text, amount) => {
    expect(read(text)[0]).toBe(amount);
  });
});

describe('separators', () => {
  test.each([
    ['1,234.56 USD', '1234.56'],
    ['1.234,56 EUR', '1234.56'],
    ['1 234,56 €', '1234.56'],
    ['1\u00a0234,56 €', '1234.56'],
    ['1\u202f234\u202f567 Ft', '1234567'],
    ["CHF 1'234.50", '1234.50'],
    ['CHF 1’234.–', '1234'],
    ['₹12,34,567.89', '1234567.89'],
    ['₹1,23,456', '123456'],
    ['Rs. 10,00,000/-', '1000000'],
    ['₹ 1.5 lakh', '150000'],
    ['US$1.2M', '1200000'],
    ['Rp 25rb', '25000'],
    ['1.226 €', '1226'],
    ['68,50 €', '68.50'],
    ['$1,299', '1299'],
    ['€ 0,999', '0.999'],
    ['1234.567 €', '1234.567'],
    ['12.345 KD', '12.345'],
    ['1,250 KWD', '1.250'],
    ['25,900 DT', '25.900'],
    ['Rp 1.250.000', '1250000'],
    ['1.899,-', '1899'],
    ['199:- kr', '199'],
    ['1 234:-', '1234'],
    ['12 € 99', '12.99'],
    ['€ 19 , 99', '19.99'],
    ['€ 25,–', '25'],
    ['EUR 49 000 -', '49000'],
    ['$ .99', '0.99'],
    ['1·99 £', '1.99'],
    ["4'99 €", '4.99'],
    ['$119. 95', '119.95'],
    ['19 99 €', '19.99'],
    ['€ 19⁹⁹', '19.99'],
    ['1.5 €', '1.5'],
    ['2879.2 €', '2879.2'],
  ])('%s is %s', (text, amount) => {
    expect(parsePriceText(text).amount).toBe(amount);
  });

  test.each([
    ['140.000', '.', '140.000'],
    ['140,000', ',', '140.000'],
    ['1.234', ',', '1234'],
    ['140€33', '€', '140.33'],
    ['1250€600', '€', '1250.600'],
    ['1250€ 600', '€', '1250'],
  ])('%s with the decimal separator "%s" is %s', (text, decimalSeparator, amount) => {
    expect(parsePriceText(text, { decimalSeparator }).amount).toBe(amount);
  });

  test.each(['1.2.3', '12.05.2024', '1,2,3', '1.234.56'])('%s fits no convention', (text) => {
    expect(parsePriceText(`${text} €`).amount).toBeNull();
  });
});

describe('scripts', () => {
  test.each([
    ['١٬٢٣٤٫٥٠ ر.س.', '1234.50', 'SAR'],
    ['۱۲۳٬۴۵۶ ریال', '123456', 'IRR'],
    ['₹१,२३,४५६', '123456', 'INR'],
    ['৳১,২৩৪', '1234', 'BDT'],
    ['฿๑,๒๓๔', '1234', 'THB'],
    ['￥１，２３４', '1234', 'JPY'],
    ['12,000원', '12000', 'KRW'],
    ['3万9800円', '39800', 'JPY'],
    ['1.5万元', '15000', 'CNY'],
    ['1億2000万円', '120000000', 'JPY'],
    ['3만원', '30000', 'KRW'],
    ['1만 5천원', '15000', 'KRW'],
    ['价格：88元', '88', 'CNY'],
    ['税込1,980円', '1980', 'JPY'],
    ['ราคา 1,290 บาท', '1290', 'THB'],
    ['\u200f1,234.50\u00a0د.إ.\u200f', '1234.50', 'AED'],
    ['99 ₪', '99', 'ILS'],
    ['99 ש"ח', '99', 'ILS'],
  ])('%s', (text, amount, currency) => {
    expect(read(text)).toEqual([amount, currency]);
  });
});

describe('currencies', () => {
  test.each([
    ['5€99', '5.99', 'EUR'],
    ['12DH50', '12.50', 'MAD'],
    ['US$ 12', '12', 'USD'],
    ['US $12.50', '12.50', 'USD'],
    ['AU$ 1,175', '1175', 'AUD'],
    ['CAD$1.23', '1.23', 'CAD'],
    ['$1,190.00 AUD', '1190.00', 'AUD'],
    ['1 234,50 $ CA', '1234.50', 'CAD'],
    ['£94.50 GBP', '94.50', 'GBP'],
    ['R$ 1.500,00', '1500.00', 'BRL'],
    ['R 1 299,00', '1299.00', 'ZAR'],
    ['R199', '199', 'ZAR'],
    ['Q199.00', '199.00', 'GTQ'],
    ['S/ 59.90', '59.90', 'PEN'],
    ['S/. 59.90', '59.90', 'PEN'],
    ['RM 25.90', '25.90', 'MYR'],
    ['Rs.500', '500', 'INR'],
    ['1 990 руб.', '1990', 'RUB'],
    ['5 руб. 50 коп.', '5.50', 'RUB'],
    ['249 грн', '249', 'UAH'],
    ['3430 лв.', '3430', 'BGN'],
    ['499 Kč', '499', 'CZK'],
    ['1 234 Ft', '1234', 'HUF'],
    ['29,99 zł', '29.99', 'PLN'],
    ['149,90 TL', '149.90', 'TRY'],
    ['25.000 ₫', '25000', 'VND'],
    ['25.000đ', '25000', 'VND'],
    ['10.000 FCFA', '10000', 'XAF'],
    ['10 000 F CFA', '10000', 'XOF'],
    ['DEM 170 000', '170000', 'DEM'],
    ['99¢', '0.99', 'USD'],
    ['¥12.50', '12.50', 'CNY'],
    ['Price (USD): 29.99', '29.99', 'USD'],
    ['29,99 euros', '29.99', 'EUR'],
    ['eur 29,99', '29.99', 'EUR'],
    ['50 SEK', '50', 'SEK'],
    ['1 KM', '1', 'BAM'],
  ])('%s', (text, amount, currency) => {
    expect(read(text)).toEqual([amount, currency]);
  });

  test('a sign that several currencies share is decided by the hint, then by the country', () => {
    expect(read('199 kr')).toEqual(['199', null]);
    expect(read('199 kr', { currencyHint: 'SEK' })).toEqual(['199', 'SEK']);
    expect(read('199 kr', { country: 'NO' })).toEqual(['199', 'NOK']);
    expect(read('$19', { country: 'AU' })).toEqual(['19', 'AUD']);
    expect(read('$19', { currencyHint: 'CAD', country: 'US' })).toEqual(['19', 'CAD']);
    expect(read('¥1000', { country: 'CN' })).toEqual(['1000', 'CNY']);
    expect(read('Rs 500', { country: 'PK' })).toEqual(['500', 'PKR']);
  });

  test('the price goes before the hint, and a country adds no currency by itself', () => {
    expect(read('11,13 €', { currencyHint: '£' })).toEqual(['11.13', 'EUR']);
    expect(read('11.13', { currencyHint: 'Savings: $0.90' })).toEqual(['11.13', 'USD']);
    expect(read('11.13', { currencyHint: 'руб. (шт)' })).toEqual(['11.13', 'RUB']);
    expect(read('11.13', { currencyHint: 'Add to cart' })).toEqual(['11.13', null]);
    expect(read('11.13', { country: 'DE' })).toEqual(['11.13', null]);
    expect(read('', { currencyHint: '€' })).toEqual([null, 'EUR']);
  });

  test.each(['200', 'TOP 10', 'ALL 50', 'iPhone 15', '94,000 تومان', '13800 ₶', 'New', 'Made in USA', '5 kgs', '5 km'])(
    'no currency is made up for %s',
    (text) => {
      expect(parsePriceText(text).currency).toBeNull();
    },
  );

  test.each(['won 12', 'Won 12', 'WON 12', 'lira 50', 'Lira 50', 'Som 20', 'Dong 15', 'Rand 75', 'Kina 5', 'Kip 40'])(
    'before a bare whole number %s is a word, however it is written',
    (text) => {
      expect(parsePriceText(text).currency).toBeNull();
      expect(parsePriceText('11.13', { currencyHint: `${text} times` }).currency).toBeNull();
    },
  );

  test.each([
    ['Won 12,000', '12000', 'KRW'],
    ['Lira 49.90', '49.90', 'TRY'],
  ])('%s has the look of a price', (text, amount, currency) => {
    expect(read(text)).toEqual([amount, currency]);
  });
});

describe('which of several amounts is the price', () => {
  test.each([
    ['Was $20.00 Now $15.00', '15.00'],
    ['Now $15.00 (was $20.00)', '15.00'],
    ['statt 24,99 € 19,99 €', '19.99'],
    ['UVP 24,99 € | 19,99 €', '19.99'],
    ['De R$ 100,00 por R$ 80,00', '80.00'],
    ['$20.00 Save $5.00', '20.00'],
    ['-30% 69,99 €', '69.99'],
    ['69,99 € (-30%)', '69.99'],
    ['19,90 €/kg 4,98 €', '4.98'],
    ['4,98 € (1 kg = 19,90 €)', '4.98'],
    ['$599 or $24.95/mo for 24 mo.', '599'],
    ['R$ 528,00 em até 12x de R$ 44,00', '528.00'],
    ['19,99 € zzgl. 4,90 € Versand', '19.99'],
    ['$25.99 + $4.99 shipping', '25.99'],
    ['iPhone 15 128 GB $799', '799'],
    ['$ 791.00 $ 479.00', '791.00'],
    ['69 TL 41.90 TL', '69'],
    ['4.5 (123) $19.99', '19.99'],
    ['List: $25.00 Details Price: $19.99 You Save: $5.01 (20%)', '19.99'],
    ['Original price was: $20.00. Current price is: $15.00.', '15.00'],
    ['25% off £15', '15'],
    ['10,00 € HT / 12,00 € TTC', '12.00'],
    ['£10.00 ex VAT (£12.00 inc VAT)', '12.00'],
    ['19,99 € inkl. 19% MwSt., zzgl. Versandkosten', '19.99'],
  ])('%s: %s', (text, amount) => {
    expect(parsePriceText(text).amount).toBe(amount);
  });

  test('a range is its lower end, and tells the upper one', () => {
    expect(parsePriceText('$10.00 – $20.00')).toMatchObject({ amount: '10.00', upTo: '20.00', currency: 'USD' });
    expect(parsePriceText('From 26 to 50 €')).toMatchObject({ amount: '26', upTo: '50', currency: 'EUR', from: true });
    expect(parsePriceText('10-20 €')).toMatchObject({ amount: '10', upTo: '20' });
  });

  test('"from", and what the price is for', () => {
    expect(parsePriceText('ab 19,99 €')).toMatchObject({ amount: '19.99', from: true });
    expect(parsePriceText('à partir de 1540 € / pers')).toMatchObject({ amount: '1540', from: true, per: 'person' });
    expect(parsePriceText('$15.95/mo')).toMatchObject({ amount: '15.95', per: 'month' });
    expect(parsePriceText('29,99 € mtl.')).toMatchObject({ amount: '29.99', per: 'month' });
    expect(parsePriceText('12,99 € pro kg')).toMatchObject({ amount: '12.99', per: 'kg' });
    expect(parsePriceText('$3,690.00 (ea)')).toMatchObject({ amount: '3690.00', per: 'piece' });
  });
});

describe('what is no price', () => {
  test.each([
    'Sold out',
    'Ausverkauft',
    'Call 1-800-555-1234',
    '2024-05-01',
    '12/05/2024',
    '10:30',
    '4.5 out of 5 stars',
    '128 reviews',
    '-20%',
    'Save $15',
    '$10 off',
    'You save 5,00 €',
    '-$5.00',
    'Free shipping over $49',
    'Free Shipping on Orders $49+.',
    'ab 12x de R$ 44,00 sem juros',
    '2 for $5',
    '£10 for 2',
    '12 Monate x 29,99 €',
    'up to $50',
    'bis zu 50 €',
    'Versandkostenfrei ab 50 €',
    'Free shipping',
    '+49 30 123456',
    '4.5 (120)',
    '1 , 299.00 $',
    'SKU 12345',
    'Qty: 2',
    'iPhone 15',
    '64GB',
    '5 kg',
    'Ships in 3 days',
    '(123)',
    '4006381333931',
    '50p each way 1080p',
    '',
    '/',
    '...',
  ])('%j', (text) => {
    expect(parsePriceText(text).amount).toBeNull();
  });

  test.each(['Free', 'GRATIS!', 'Kostenlos', 'Бесплатно', '無料', 'Price: free'])('%s costs nothing', (text) => {
    expect(parsePriceText(text).amount).toBe('0');
  });
});

const LOCALES =
  'af-ZA ar-AE ar-EG ar-SA az-AZ be-BY bg-BG bn-BD bs-BA cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IN en-US ' +
  'en-ZA es-AR es-CL es-CO es-ES es-MX es-PE et-EE fa-IR fi-FI fil-PH fr-CA fr-CH fr-FR he-IL hi-IN hr-HR hu-HU hy-AM id-ID ' +
  'is-IS it-IT ja-JP ka-GE kk-KZ km-KH ko-KR lo-LA lt-LT lv-LV mk-MK mn-MN ms-MY my-MM nb-NO ne-NP nl-NL pl-PL pt-BR pt-PT ' +
  'ro-RO ru-RU si-LK sk-SK sl-SI sq-AL sr-RS sv-SE th-TH tr-TR uk-UA ur-PK uz-UZ vi-VN zh-CN zh-HK zh-TW';
const CURRENCIES =
  'AED AMD ARS AUD AZN BAM BDT BGN BRL BYN CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR IRR ISK JPY KHR ' +
  'KRW KWD KZT LAK LKR MKD MMK MNT MXN MYR NOK NPR NZD PEN PHP PKR PLN RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UZS VND ZAR';

/** Their symbols are single letters after the number (`7 L`), which mean litres and thousands elsewhere. */
const LETTERS = new Set(['MMK', 'RON']);

describe('every locale writes an amount that is read back', () => {
  test.each(LOCALES.split(' '))('%s', (locale) => {
    for (const currency of CURRENCIES.split(' ')) {
      for (const currencyDisplay of ['symbol', 'narrowSymbol', 'code'] as const) {
        if (currencyDisplay !== 'code' && LETTERS.has(currency)) continue;
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
        const { maximumFractionDigits = 2 } = format.resolvedOptions();
        for (const value of [7, 49.95, 1299, 1234567.5]) {
          const text = format.format(value);
          const parsed = parsePriceText(text, { currencyHint: currency });
          expect([text, Number(parsed.amount)]).toEqual([text, Number(value.toFixed(maximumFractionDigits))]);
          expect([text, parsed.currency]).toEqual([text, currency]);
        }
      }
    }
  });
});

describe('any text', () => {
  const decimal = /^\d+(?:\.\d+)?$/;

  test('is read without throwing, into digits and at most one dot and a code of three letters', () => {
    const pieces = fc.constantFrom(
      ...'0 1 99 . , € $ kr zł - – / % x ( ) from was save per free 万 ١ \u00a0 R USD'.split(' '),
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, (price, currencyHint) => {
        const { amount, currency, upTo } = parsePriceText(price, { currencyHint });
        expect(amount ?? '0').toMatch(decimal);
        expect(upTo ?? '0').toMatch(decimal);
        expect(currency ?? 'XXX').toMatch(/^[A-Z]{3}$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('an amount with two decimals survives any of the usual separators', () => {
    const conventions = fc.constantFrom([',', '.'], ['.', ','], [' ', ','], ["'", '.'], ['\u202f', ',']);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.integer({ min: 0, max: 99 }),
        conventions,
        (whole, cents, [group, point]) => {
          const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, group!);
          const fraction = String(cents).padStart(2, '0');
          expect(parsePriceText(`${grouped}${point}${fraction} €`).amount).toBe(`${whole}.${fraction}`);
        },
      ),
    );
  });

  test.each([
    ['digits', '1'],
    ['groups', '1,'],
    ['spaced digits', '1 '],
    ['signs', '$'],
    ['prices', '$1.00 '],
    ['ranges', '1€-'],
    ['words', 'save '],
    ['letters', 'a'],
    ['initials', 'a.'],
    ['han', '元'],
    ['multipliers', '1万'],
  ])('of 100,000 characters of %s is read', (_what, unit) => {
    const text = unit.repeat(100_000 / unit.length);
    expect(() => parsePriceText(text, { currencyHint: text })).not.toThrow();
  });
});
