import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { MatchableOffer } from '../../shared/prices/matching/profile.ts';

export interface LabelledPair {
  left: MatchableOffer;
  right: MatchableOffer;
  /** 1: the same product. */
  label: number;
}

interface AbtBuyRow {
  split: 'train' | 'valid';
  label: number;
  left: AbtBuyOffer;
  right: AbtBuyOffer;
}
interface AbtBuyOffer {
  name: string;
  description: string;
  price: string;
}

/** Labelled pairs of the shops Abt and Buy. */
export function abtBuyPairs(dataDir: string, split: AbtBuyRow['split']): LabelledPair[] {
  const text = readFileSync(join(dataDir, 'matching/abt-buy-pairs.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): AbtBuyRow => JSON.parse(line))
    .filter((row) => row.split === split)
    .map(({ left, right, label }) => ({ left: offerOf(left), right: offerOf(right), label }));
}

function offerOf({ name, description, price }: AbtBuyOffer): MatchableOffer {
  return { title: name, description, price: price === '' ? null : Number(price) };
}

/** An offer with the product that it is of. */
export interface LabelledOffer extends MatchableOffer {
  cluster: string;
  category: string;
  shop: string;
}

/** Offers of the price comparison PriceRunner; each of its vendors has at most one offer of a product. */
export function priceRunnerOffers(dataDir: string): LabelledOffer[] {
  const csv = gunzipSync(readFileSync(join(dataDir, 'matching/pricerunner-offers.csv.gz')));
  const rows: { title: string; vendor_id: string; cluster_id: string; category: string }[] = parse(csv, {
    columns: true,
  });
  return rows.map(({ title, vendor_id, cluster_id, category }) => ({
    title,
    shop: vendor_id,
    cluster: cluster_id,
    category,
  }));
}

/** The offers as they are where the shops are not known. */
export function withoutShops(offers: readonly LabelledOffer[]): MatchableOffer[] {
  return offers.map(({ title }) => ({ title }));
}

export function byCategory(offers: readonly LabelledOffer[]): Map<string, LabelledOffer[]> {
  return Map.groupBy(offers, ({ category }) => category);
}
