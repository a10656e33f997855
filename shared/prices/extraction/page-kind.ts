import type { PageKind } from '../offer.ts';
import type { CastVote } from './decide.ts';
import type { Page } from './page.ts';

export function kindOfPage(_page: Page, votes: readonly CastVote[]): PageKind {
  return votes.some(({ vote }) => vote.field === 'price') ? 'product' : 'unknown';
}
