import { lineText } from '../dom.ts';
import type { Extractor } from '../extractor.ts';
import { findAnchors } from '../visible/anchors.ts';
import { voteOnLabelledValues } from '../visible/labelled-values.ts';
import { voteOnNamedBrand } from '../visible/named-brand.ts';
import { Surroundings } from '../visible/surroundings.ts';
import { voteOnVisibleAvailability } from '../visible/visible-availability.ts';
import { voteOnVisiblePrice } from '../visible/visible-price.ts';
import { Ballot } from '../vote.ts';

/** What a reader sees: the heading, the price near it, the stock phrase, the labelled numbers. */
export const visibleText: Extractor = {
  name: 'visible-text',
  vote(page) {
    const ballot = new Ballot();
    const anchors = findAnchors(page);
    const surroundings = new Surroundings(anchors.title?.element ?? null);
    const title = anchors.title ? lineText(anchors.title.element, 300) : null;
    ballot.add('title', title, title ?? '', 0.7);
    voteOnVisiblePrice(ballot, page, anchors, surroundings);
    voteOnVisibleAvailability(ballot, page, anchors, surroundings);
    voteOnLabelledValues(ballot, page, anchors, surroundings);
    voteOnNamedBrand(ballot, page, anchors, surroundings);
    return ballot.votes;
  },
};
