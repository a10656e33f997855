/**
 * ISO 4217 alphabetic codes (list one, and list three: historic denominations that old pages still carry), without
 * the codes for metals, testing and "no currency". Source: ISO 4217 maintenance agency (SIX), amendment 177.
 */
const ACTIVE =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP ' +
  'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD ' +
  'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB ' +
  'RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD ' +
  'UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG';
const HISTORIC =
  'ANG ATS BEF BGL BGN BYR CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MRO MTL MXP MZM NLG PLZ PTE ' +
  'ROL RUR SIT SKK SLL SRG STD TMM TRL VEF YUM ZMK ZWL';

/** All of them, sorted within each list. */
export const CURRENCY_CODES: readonly string[] = `${ACTIVE} ${HISTORIC}`.split(' ');

const CODES: ReadonlySet<string> = new Set(CURRENCY_CODES);

const NO_MINOR_UNIT: ReadonlySet<string> = new Set(
  'BEF BIF BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF PTE PYG RWF TRL UGX VND VUV XAF XOF XPF'.split(' '),
);
const THREE_DIGITS: ReadonlySet<string> = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const FOUR_DIGITS: ReadonlySet<string> = new Set('CLF UYW'.split(' '));

/** Whether `code` is an ISO 4217 alphabetic code of money in use now or in the recent past (upper case only). */
export function isCurrencyCode(code: string): boolean {
  return CODES.has(code);
}

/**
 * Digits after the decimal point in the currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
 * @throws RangeError for a code that ISO 4217 does not have.
 */
export function minorUnitDigits(currency: string): number {
  if (!CODES.has(currency)) throw new RangeError(`${currency} is not an ISO 4217 currency code`);
  if (NO_MINOR_UNIT.has(currency)) return 0;
  if (THREE_DIGITS.has(currency)) return 3;
  return FOUR_DIGITS.has(currency) ? 4 : 2;
}
