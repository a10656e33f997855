import type { Extractor } from './extractor.ts';
import { embeddedState } from './extractors/embedded-state.ts';
import { jsonLd } from './extractors/json-ld.ts';
import { microdata } from './extractors/microdata.ts';
import { openGraph } from './extractors/open-graph.ts';
import { pageAddress } from './extractors/page-address.ts';
import { rdfa } from './extractors/rdfa.ts';
import { visibleText } from './extractors/visible-text.ts';

/** Every extractor, cheap ones first. A new one is a file in `extractors/` and a line here (a browser bundle cannot list a folder). */
export const EXTRACTORS: readonly Extractor[] = [
  jsonLd,
  microdata,
  rdfa,
  openGraph,
  pageAddress,
  visibleText,
  embeddedState,
];
