import type { Extractor } from './extractor.ts';
import { jsonLd } from './extractors/json-ld.ts';
import { microdata } from './extractors/microdata.ts';
import { openGraph } from './extractors/open-graph.ts';

/** Every extractor. A new one is a file in `extractors/` and a line here (a browser bundle cannot list a folder). */
export const EXTRACTORS: readonly Extractor[] = [jsonLd, microdata, openGraph];
