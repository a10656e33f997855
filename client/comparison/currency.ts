/** Prices are asked for in this currency; shops that use another are converted by the server. */
export const CURRENCY = 'EUR';
