import { seriesCodes, withoutSeries } from './codes.ts';
import { type MatchableOffer, type MatchProfile, profileOf, wordsOf } from './profile.ts';
import { corpusRarity } from './rarity.ts';

/** The share of offers with codes before any is seen, and how many offers that counts as. */
const CODED_SHARE = 0.5;
const N_ASSUMED = 10;

/**
 * Profiles of offers that are grouped together, with what these tell of each other: how rare a word is, which codes
 * only name a series, whether the offers have codes at all, and how many titles are alike.
 */
export function profileCorpus(offers: readonly MatchableOffer[]): MatchProfile[] {
  const rarity = corpusRarity(offers.map(wordsOf));
  const read = offers.map((offer) => profileOf(offer, rarity));
  const series = seriesCodes(read.map(({ codes }) => codes));
  const profiles = read.map((profile) => ({ ...profile, codes: withoutSeries(profile.codes, series) }));
  const nCoded = profiles.filter(({ codes }) => codes.stated.length > 0).length;
  const codedShare = (nCoded + CODED_SHARE * N_ASSUMED) / (profiles.length + N_ASSUMED);
  const titles = profiles.map(({ rarities }) => [...rarities.keys()].sort().join(' '));
  const nCopies = new Map<string, number>();
  for (const title of titles) nCopies.set(title, (nCopies.get(title) ?? 0) + 1);
  return profiles.map((profile, i) => ({ ...profile, codedShare, nCopies: nCopies.get(titles[i]!)! }));
}
