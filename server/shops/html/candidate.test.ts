import { expect, it } from 'vitest';
import type { ListedOffer } from '../../../shared/prices/offer.ts';
import { extractOffer } from '../../../shared/prices/page/extract-offer.ts';
import { candidateFromPage } from './candidate.ts';

const URL = 'https://shop.example/p/1';
/** Two amounts far from anything that says which is asked. */
const DOUBTFUL =
  '<title>Oak stool</title><h1>Oak stool</h1><p>Made by hand.</p><div><p>€ 40,00</p><p>€ 55,00</p></div><button>Buy now</button>';
const CLEAR =
  '<title>Oak stool</title><h1>Oak stool</h1><p class="price">Price: <b>€ 40,00</b></p><button>Add to cart</button>';

const candidate = (html: string, card?: ListedOffer) =>
  candidateFromPage(extractOffer(html, URL).offer, URL, { currency: 'EUR' }, card);
const card = (amount: string): ListedOffer => ({
  title: 'Oak stool',
  url: URL,
  price: { amount, currency: 'EUR' },
  image: null,
});

it('marks a price that the page does not tell surely', () => {
  expect(candidate(DOUBTFUL)).toMatchObject({ uncertain: true });
  expect(candidate(CLEAR)).not.toHaveProperty('uncertain');
});

it('is certain of a price that the card says too, and takes the card’s where they differ', () => {
  const read = candidate(DOUBTFUL);
  const same = candidate(DOUBTFUL, card(String((read?.price.minor ?? 0) / 100)));
  expect(same).toMatchObject({ price: read?.price });
  expect(same).not.toHaveProperty('uncertain');
  expect(candidate(DOUBTFUL, card('48'))).toMatchObject({ price: { minor: 4800 }, uncertain: true });
});
