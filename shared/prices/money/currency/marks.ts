import { isCurrencyCode } from './iso-4217.ts';

/** What a currency sign, abbreviation, name or code can mean. */
export interface CurrencyMark {
  /** ISO 4217 codes that it is used for; empty for a currency that ISO 4217 does not have. */
  readonly codes: readonly string[];
  /** The code when nothing else decides and the mark stands before the amount; null for "cannot tell". */
  readonly before: string | null;
  /** The same for a mark after the amount. */
  readonly after: string | null;
}

/**
 * Signs, abbreviations and names that belong to one currency. `_` stands for a space; dots are left out (`د.إ.`,
 * `L.E.`, `руб.`). Case does not matter, except in marks of one or two ASCII letters (`Ft` is forint, `ft` is feet;
 * `KM` is the convertible mark, `km` a distance).
 * Sources: Unicode CLDR 48 (symbols and narrow symbols over all its locales), ISO 4217, and shops' own usage.
 */
const OWN: Readonly<Record<string, string>> = {
  AED: 'دإ dhs درهم_إماراتي',
  AFN: '؋ افغانی',
  ALL: 'lekë lek',
  AMD: '֏ դր դրամ',
  AOA: 'Kz kwz kwanza kwanzas',
  ARS: 'AR$ $AR',
  AUD: 'A$ AU$ $AU Australian_dollars',
  AWG: 'Afl',
  AZN: '₼ manat',
  BAM: 'KM КМ',
  BBD: 'BB$ Bds$',
  BDT: '৳ টকা টাকা Tk taka',
  BGN: 'leva лева',
  BHD: 'دب BD',
  BIF: 'FBu',
  BMD: 'BM$ BD$ $BM',
  BND: 'BN$ $BN',
  BOB: '$b',
  BRL: 'R$ BR$ reais',
  BSD: 'BS$',
  BTN: 'Nu',
  BYN: 'бел_руб',
  BZD: 'BZ$ $BZ',
  CAD: 'CA$ $CA CDN$ CAN$ Canadian_dollars',
  CHF: 'SFr Franken Stutz Swiss_francs',
  CLP: 'CL$ $CL',
  CNY: 'CN¥ ¥CN RMB 人民币 人民幣 yuan renminbi 圆 块',
  COP: 'CO$ COL$ $CO',
  CRC: '₡ colones',
  CUC: 'CUC$ Cub$',
  CUP: 'CU$ $MN MN$',
  CVE: 'CV$',
  CZK: 'Kč Kc korun',
  DEM: 'DM',
  DJF: 'Fdj',
  DKK: 'Dkr',
  DOP: 'RD$ DO$',
  DZD: 'دج DA',
  EGP: 'جم E£ £E EG£ LE جنيه_مصري',
  ERN: 'Nfk',
  ETB: 'ብር birr',
  EUR: '€ euro euros евро ευρώ еуро eura evra eurot eurów eurų eiro 欧元 歐元 ユーロ 유로 يورو ยูโร',
  FJD: 'FJ$ $FJ',
  FKP: 'FK£ Fl£ £FK',
  GBP: 'UK£ £GB sterling stg pounds_sterling',
  GEL: '₾ ლ ლარი lari',
  GHS: 'GH₵ ₵ GH¢ cedis cedi',
  GIP: '£GI',
  GMD: 'dalasi dalasis',
  GNF: 'FG',
  GTQ: 'quetzales',
  GYD: 'GY$ GUY$ G$',
  HKD: 'HK$ $HK 港币 港幣 港元 Hong_Kong_dollars',
  HNL: 'lempiras',
  HRK: 'kn kuna kune',
  HTG: 'gourdes',
  HUF: 'Ft FT forint',
  IDR: 'Rp RP rp rupiah',
  ILS: '₪ NIS ש״ח ש"ח שח shekel shekels',
  INR: '₹ रु रुपये',
  IQD: 'دع',
  IRR: 'ریال',
  ISK: 'íkr ikr',
  JMD: 'J$ JM$ JA$',
  JOD: 'دأ دا JD',
  JPY: 'JP¥ 円 yen 日元 日圓 日円',
  KES: 'Ksh KShs',
  KGS: 'сом ⃀',
  KHR: '៛ riel riels',
  KMF: 'CF',
  KRW: '원 won ￦ KR₩ 韩元 韓元',
  KWD: 'دك KD',
  KYD: 'CI$ KY$',
  KZT: '₸ тг тңг тенге теңге tenge',
  LAK: '₭ kip ກີບ',
  LBP: 'لل L£ LB£ £LB LL',
  LKR: 'රු SLRs',
  LRD: 'L$ $LR LR$',
  LYD: 'دل LD',
  MAD: 'دم درهم_مغربي',
  MGA: 'Ar ariary',
  MKD: 'ден денари',
  MMK: 'ကျပ် kyat kyats',
  MNT: '₮ төг төгрөг tugrik',
  MOP: 'MOP$ 澳门元 澳門元',
  MRU: 'أم UM ouguiya',
  MVR: 'Rf MRf ރ',
  MWK: 'MK',
  MXN: 'MX$ Mex$ $MX MN',
  MYR: 'RM ringgit',
  MZN: 'MT MTn metical meticais',
  NAD: 'N$ $NA',
  NGN: '₦ naira',
  NIO: '$C',
  NOK: 'nkr',
  NPR: 'नेरू रू NRs',
  NZD: 'NZ$ $NZ New_Zealand_dollars',
  OMR: 'رع RO',
  PAB: 'B/',
  PEN: 'S/ soles',
  PGK: 'kina',
  PLN: 'zł zl ZL Zl złoty złote złotych zloty zlotych zlotys',
  PYG: '₲ Gs guaraníes guaranies',
  QAR: 'رق QR ريال_قطري',
  RON: 'lei leu лей',
  RSD: 'дин din динар динара dinara РСД',
  RUB: '₽',
  RWF: 'RF FRw',
  SAR: 'رس SR ريال_سعودي ⃁',
  SBD: 'SI$ SB$',
  SDG: 'جس',
  SEK: 'skr kronor',
  SGD: 'S$ SG$ $SG Singapore_dollars 新加坡元',
  SLE: 'Le',
  SRD: 'SR$ $SR',
  STN: 'Db',
  SYP: 'لس S£ SY£',
  SZL: 'emalangeni lilangeni',
  THB: '฿ บาท baht TH฿',
  TJS: 'сомонӣ сомони somoni',
  TND: 'دت DT',
  TOP: 'T$ $T',
  TRY: '₺ TL Tl tl lira lirası',
  TTD: 'TT$ $TT',
  TWD: 'NT$ NT NTD TW$ 新台幣 新臺幣 新台币 台幣 臺幣 台币',
  TZS: 'TSh TShs',
  UAH: '₴ грн гривень гривні гривен hrn',
  UGX: 'USh UShs',
  USD: 'US$ $US U$S U$D U$ щд US_dollars 美元 美金 ドル 달러',
  UYU: '$U UY$ $UY',
  UZS: "сўм сум so'm soʻm soʼm som",
  VES: 'BsS BsF BsD',
  VND: '₫ đ VNĐ đồng dong',
  VUV: 'VT Vt vatu',
  WST: 'WS$ $WS',
  XAF: 'FCFA',
  XCD: 'EC$ $EC',
  XCG: 'Cg',
  XOF: 'CFA F_CFA francs_CFA',
  XPF: 'CFPF FCFP CFP F_CFP francs_CFP',
  YER: 'ري YR',
  ZAR: 'rand',
  ZMW: 'ZK',
  ZWL: 'Z$ ZW$',
};

/**
 * Marks that several currencies share, and what each means where nothing else tells, before and after the amount.
 * A default stands only where the mark is CLDR's root symbol of one currency, or where by far most of the prices so
 * written are in it; `-` is "cannot tell".
 */
const SHARED: readonly (readonly [marks: string, codes: string, before: string, after: string])[] = [
  [
    '$ ＄ ﹩ dollar dollars',
    'USD AUD CAD NZD HKD SGD MXN ARS CLP COP TWD BRL BBD BMD BND BSD BZD CUC CUP CVE DOP FJD GYD JMD KYD LRD MOP NAD ' +
      'NIO SBD SRD TTD UYU XCD ZWL',
    'USD',
    'USD',
  ],
  // Before the amount it is mostly the colón of Costa Rica, whose own sign keyboards lack.
  ['¢ ￠', 'USD CAD AUD NZD CRC', '-', 'USD'],
  ['р руб рублей рубля рубль rubles roubles', 'RUB BYN', 'RUB', 'RUB'],
  ['£ ₤ ￡', 'GBP EGP LBP SYP SDG SSP GIP FKP SHP', 'GBP', 'GBP'],
  ['¥ ￥', 'JPY CNY', 'JPY', 'JPY'],
  ['元', 'CNY TWD HKD MOP SGD JPY', 'CNY', 'CNY'],
  ['圓', 'TWD HKD MOP JPY', '-', '-'],
  ['₩', 'KRW KPW', 'KRW', 'KRW'],
  ['₱', 'PHP CUP', 'PHP', 'PHP'],
  ['C$', 'CAD NIO', 'CAD', 'CAD'],
  ['B$', 'BSD BND', '-', '-'],
  ['kr Kr KR kroner kronur krónur', 'SEK NOK DKK ISK', '-', '-'],
  ['Rs RS rs Re rupees rupee', 'INR PKR LKR NPR MUR SCR', 'INR', 'INR'],
  ['₨', 'INR PKR LKR NPR MUR SCR', '-', '-'],
  ['Br BR', 'BYN ETB', 'ETB', 'BYN'],
  ['DH Dh dh dirham dirhams', 'AED MAD', 'AED', 'MAD'],
  ['درهم', 'AED MAD', 'AED', 'AED'],
  ['ريال', 'SAR QAR OMR YER', 'SAR', 'SAR'],
  ['﷼', 'IRR SAR QAR OMR YER', 'IRR', 'IRR'],
  ['جنيه', 'EGP SDG GBP', 'EGP', 'EGP'],
  ['دينار', 'KWD BHD JOD IQD LYD TND DZD', '-', '-'],
  ['riyal riyals rial rials', 'SAR QAR OMR YER IRR', '-', '-'],
  ['dinar dinars', 'KWD BHD JOD IQD LYD TND DZD RSD', '-', '-'],
  ['лв', 'BGN KZT', 'BGN', 'BGN'],
  // Both florins are worth the same: 1.79 to the US dollar.
  ['ƒ', 'AWG ANG XCG', 'AWG', 'AWG'],
  ['Bs', 'BOB VES', 'BOB', 'BOB'],
  ['Fr FR fr franc francs', 'CHF XOF XAF XPF', 'CHF', 'CHF'],
  ['₣', 'CHF FRF', 'CHF', 'CHF'],
  ['FC', 'CDF KMF', 'CDF', 'CDF'],
  ['Sh', 'KES TZS UGX SOS', '-', '-'],
  ['peso pesos', 'MXN ARS CLP COP PHP DOP UYU CUP', '-', '-'],
  // Ten rials; ISO 4217 has no code for it, and calling it IRR would be wrong by a factor of ten.
  ['تومان تومن toman', '', '-', '-'],
];

/** Single letters stand for a currency only directly before an amount that has the look of a price. */
const LETTERS_BEFORE: ReadonlyMap<string, CurrencyMark> = new Map([
  ['R', { codes: ['ZAR'], before: 'ZAR', after: null }],
  ['Q', { codes: ['GTQ'], before: 'GTQ', after: null }],
  ['L', { codes: ['HNL', 'MDL'], before: null, after: null }],
  ['P', { codes: ['BWP', 'PHP'], before: null, after: null }],
  ['K', { codes: ['PGK', 'ZMW', 'MMK'], before: null, after: null }],
]);

/** Codes that are words, product names or units as well. */
const WORDLIKE_CODES: ReadonlySet<string> = new Set(
  'ALL AMD ANG BAM BOB CAD COP CUP DOP ERN GEL KGS LAK MAD MOP PAB PEN RON SIT SOS TOP TRY'.split(' '),
);
/** Codes that in lower case are words or abbreviations of other things. */
const UPPER_CASE_ONLY: ReadonlySet<string> = new Set([
  ...WORDLIKE_CODES,
  ...'AFN ARS BIF CVE INR KES MDL MTL MUR NAD PHP SAR SEK STN'.split(' '),
]);
/** Names and abbreviations that are words as well, in lower case unless they are `CASED_MARK`s. */
const WORDLIKE_MARKS: ReadonlySet<string> = new Set(
  'LE Le RO LL DA Nu Ar MN MT RF YR UM MK VT kip won som din lira kina rand dong Re'.split(' '),
);
/** Marks that behind a number are far more often a unit, a thing or a duration: `5 KGS`, `2 YR`, `1 CUP`. */
const UNITLIKE_MARKS: ReadonlySet<string> = new Set('KGS CUP PEN TOP YR ALL AMD MN'.split(' '));

/** Words that only hint at a currency, in any case: codes that are words too, abbreviations, halves of marks (`US 12`). */
export const CURRENCY_HINTS: readonly string[] =
  'cad sek ron try inr ars cop pen sar php kes mad ft din kn rm nt hk us au eu'.split(' ');
/** Marks that shops also write together with other letters: `1980円税込`, `الدرهم`. */
export const MARKS_WITHIN_WORDS: readonly string[] = '円 元 원 درهم ريال جنيه دينار تومان ریال ש״ח ש"ח'.split(' ');

/** Marks that mean a currency in one case only. */
const CASED_MARK = /^[A-Za-z]{1,2}$/;

const EXACT_MARKS = new Map<string, CurrencyMark>();
const FOLDED_MARKS = new Map<string, CurrencyMark>();
const SPELLINGS: string[] = [];

for (const [code, marks] of Object.entries(OWN)) addMarks(marks, { codes: [code], before: code, after: code });
for (const [marks, codes, before, after] of SHARED) {
  addMarks(marks, { codes: codes.split(' ').filter(Boolean), before: orNull(before), after: orNull(after) });
}

function addMarks(marks: string, mark: CurrencyMark): void {
  for (const spelling of marks.split(' ')) {
    const text = spelling.replaceAll('_', ' ');
    SPELLINGS.push(text);
    if (CASED_MARK.test(text)) EXACT_MARKS.set(text, mark);
    else FOLDED_MARKS.set(text.toLowerCase(), mark);
  }
}

function orNull(code: string): string | null {
  return code === '-' ? null : code;
}

/** Every sign, abbreviation and name of the lists above, as written there. */
export const CURRENCY_SPELLINGS: readonly string[] = SPELLINGS;

/** The currency mark that is exactly `text` (no dots): a sign, an abbreviation, a name or an ISO 4217 code; or null. */
export function findCurrencyMark(text: string): CurrencyMark | null {
  const listed = EXACT_MARKS.get(text) ?? FOLDED_MARKS.get(text.toLowerCase());
  if (listed !== undefined) return listed;
  if (text.length !== 3) return null;
  const code = text.toUpperCase();
  if (!isCurrencyCode(code) || (code !== text && UPPER_CASE_ONLY.has(code))) return null;
  return { codes: [code], before: code, after: code };
}

/** A mark of one letter that counts only directly before an amount: `R 199` (rand), `Q199` (quetzal). */
export function findLetterMark(text: string): CurrencyMark | null {
  return LETTERS_BEFORE.get(text) ?? null;
}

/** Whether a mark, as written, is also a word, a product name or a unit, so that a bare whole number beside it proves nothing. */
export function isWordlikeMark(text: string): boolean {
  return WORDLIKE_CODES.has(text) || WORDLIKE_MARKS.has(CASED_MARK.test(text) ? text : text.toLowerCase());
}

/** Whether a mark, as written, behind a bare whole number is rather a unit or a thing. */
export function isUnitlikeMark(text: string): boolean {
  return UNITLIKE_MARKS.has(text);
}

/** The mark that two neighbouring marks mean together (`SGD` and `$`), or null when they contradict each other. */
export function combineMarks(a: CurrencyMark, b: CurrencyMark): CurrencyMark | null {
  if (a === b) return a;
  const codes = a.codes.filter((code) => b.codes.includes(code));
  if (codes.length === 0) return null;
  const only = codes.length === 1 ? codes[0]! : null;
  return {
    codes,
    before: only ?? agreed(a.before, b.before, codes),
    after: only ?? agreed(a.after, b.after, codes),
  };
}

function agreed(a: string | null, b: string | null, codes: readonly string[]): string | null {
  if (a !== null && codes.includes(a)) return a;
  return b !== null && codes.includes(b) ? b : null;
}
