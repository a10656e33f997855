import type { operations } from '../../shared/api-client/src/index.ts';

export type Currency = NonNullable<operations['comparePrices']['parameters']['query']['currency']>;

/** Prices are asked for in this currency; shops that use another are converted by the server. */
export const CURRENCY = 'EUR' satisfies Currency;
