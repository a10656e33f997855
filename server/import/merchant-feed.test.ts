import { describe, expect, it } from 'vitest';
import { merchantFeedItems } from './merchant-feed.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const items = (xml: string, chunkBytes = 1000) => Array.fromAsync(merchantFeedItems(inChunks(xml, chunkBytes)));
const rss = (...lines: string[]) => `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">
  <channel><title>Shop</title><link>https://shop.example</link><item>${lines.join('')}</item></channel></rss>`;

describe('a merchant feed in XML', () => {
  it('gives its items by field, wherever its chunks are cut', async () => {
    const xml = rss('<g:id>1</g:id><title><![CDATA[Tea & Söhne]]></title><g:price>4.90 EUR</g:price>');
    for (const chunkBytes of [1, 7, 1000]) {
      expect(await items(xml, chunkBytes)).toEqual([{ id: '1', title: 'Tea & Söhne', price: '4.90 EUR' }]);
    }
  });

  it('reads the address of an Atom entry from its link', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Shop</title><entry><title>Tea</title>
      <link rel="alternate" href="https://shop.example/tea"/><g:id>1</g:id></entry></feed>`;
    expect(await items(atom)).toEqual([{ title: 'Tea', link: 'https://shop.example/tea', id: '1' }]);
  });

  it('never takes the price of shipping or of an instalment for that of the product', async () => {
    const [item] = await items(
      rss(
        '<g:shipping><g:country>US</g:country><g:price>6.49 USD</g:price></g:shipping>',
        '<g:installment><g:months>6</g:months><g:price>50 USD</g:price></g:installment>',
        '<g:price>300 USD</g:price>',
      ),
    );
    expect(item?.['price']).toBe('300 USD');
  });

  it('keeps every shipping, in the form that delimited feeds have', async () => {
    const [item] = await items(
      rss(
        '<g:shipping><g:price>6.49 USD</g:price><g:country>US</g:country><g:service>Ground: 3,5 days</g:service></g:shipping>',
        '<g:shipping><g:country>CA</g:country><g:region>ON</g:region><g:price>9.99 USD</g:price></g:shipping>',
      ),
    );
    expect(item?.['shipping']).toBe('US::Ground  3 5 days:6.49 USD,CA:ON::9.99 USD');
  });
});
