/**
 * Money as integer minor units and an ISO 4217 code: never a float.
 *
 * The wire form is `{"amount": "12.34", "currency": "EUR"}`.
 */
export interface Money {
  /** Amount in the currency's minor unit (cents for EUR, yen for JPY, fils for KWD). A safe integer. */
  readonly minor: number;
  /** ISO 4217 alphabetic code, upper case. */
  readonly currency: string;
}

/** Money on the wire: a decimal string with the currency's own number of digits, and its ISO 4217 code. */
export interface WireMoney {
  amount: string;
  currency: string;
}
