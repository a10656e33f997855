import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';

/** The heading that names the product. */
export const visibleTitle: Extractor = {
  name: 'visible-title',
  vote(page) {
    const ballot = new Ballot();
    const { title } = page.layout;
    ballot.add('title', title, title ?? '', 0.7);
    return ballot.votes;
  },
};
