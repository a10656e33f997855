import type { Extractor } from './extractor.ts';
import { analyticsEvent } from './extractors/analytics-event.ts';
import { embeddedState } from './extractors/embedded-state.ts';
import { jsonLd } from './extractors/json-ld.ts';
import { labelledValues } from './extractors/labelled-values.ts';
import { microdata } from './extractors/microdata.ts';
import { namedBrand } from './extractors/named-brand.ts';
import { openGraph } from './extractors/open-graph.ts';
import { pageAddress } from './extractors/page-address.ts';
import { rdfa } from './extractors/rdfa.ts';
import { visibleCondition } from './extractors/visible-condition.ts';
import { visiblePrice } from './extractors/visible-price.ts';
import { visibleShipping } from './extractors/visible-shipping.ts';
import { visibleStock } from './extractors/visible-stock.ts';
import { visibleTitle } from './extractors/visible-title.ts';

/*
 * Every extractor. A new one is a file in `extractors/` and a line here: a browser bundle cannot list a folder.
 */

/** Those that read the page's text alone, at a tenth of the cost of building a DOM. */
export const TEXT_EXTRACTORS: readonly Extractor[] = [jsonLd, pageAddress];

/** Those that need the document; the ones that fill gaps come last. */
export const DOCUMENT_EXTRACTORS: readonly Extractor[] = [
  microdata,
  rdfa,
  openGraph,
  analyticsEvent,
  visibleTitle,
  visiblePrice,
  visibleStock,
  visibleShipping,
  visibleCondition,
  labelledValues,
  namedBrand,
  embeddedState,
];
