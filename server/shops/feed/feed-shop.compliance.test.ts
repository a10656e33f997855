import { testShopAdapter } from '../testing/shop-adapter.compliance.ts';

const FEED = '/feeds/google.xml';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

testShopAdapter({
  declaration: () => ({ adapter: 'feed', feed: FEED }),
  searchPath: FEED,
  handlers: (goods, origin) => ({
    [FEED]: (_, response) => {
      // A feed of nothing is no feed: a shop that has no kettle still has something.
      const items = [...goods, { id: '100000000', title: 'Garden hose', price: '5.00' }].map(
        ({ id, title, price }) =>
          `<item><g:id>${id}</g:id><g:title>${escaped(title)}</g:title><g:link>${origin()}/p/${id}</g:link><g:price>${price} EUR</g:price></item>`,
      );
      const feed = `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${items.join('')}</channel></rss>`;
      response.writeHead(200, { 'content-type': 'application/xml' }).end(feed);
    },
  }),
  unknownPage: (origin) => `${origin}/p/100000009`,
});
