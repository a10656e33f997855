/** Words in or before an amount that make it another amount than the price of one item. */
export const SIDE_MONEY_WORDS =
  /\/\s*(?:mo|month|monat|mois|mes|mese|kg|l|100|m²|m2|pcs?|unit|stk?|st|ml|g)\b|per (?:month|unit|kg|100)|month|monat|mois|mensual|instal|mese\b|\bsav(?:e|ing)|spar|économ|ahorr|risparm|oszcz|korting|shipping|versand|delivery|liefer|livraison|envío|envio|spedizione|postage|dostaw|доставк|from your|off\b|orders? over|min\.|minimum|deposit|points|punkte|cashback|voucher|coupon|gutschein|subtotal|total\b|financ|\brate|raten|rata|credit|x \d|^\+|^-|−\s*\d|\(\d|member|club|subscri|\babo\b|trade|used|gebraucht|refurb|warranty|protection|garantie/i;

/** Words in or before an amount that make it a former or recommended price. */
export const OLD_PRICE_WORDS =
  /(?<!\p{L})(?:was|rrp|msrp|uvp|list price|reg(?:ular)?\.?(?: price)?|statt|vorher|bisher|ancien|avant|antes|prezzo di listino|van|ordinarie|före|tidl|přev|původn|cena regularna|najniższa|old price|original price|retail price|regular price|precio anterior|prix conseillé|prezzo precedente|adviesprijs|vejl|ord\.? pris|старая|было|原価|定価|市場価格|原价|市场价|原價|市價|建議售價|정가|giá cũ)(?!\p{L})/iu;

const PRICE =
  'price|preis|prix|precio|preço|prezzo|cena|prijs|pris|hinta|preț|pret|цена|ціна|fiyat|ár|価格|价格|價格|售价|售價|特價|가격|giá|ราคา';
const NOW = 'now|only|sale|today|jetzt|nur|ahora|ora|adesso|nu';

/** Words before an amount that make it the price. */
export const PRICE_WORDS = new RegExp(`(?<!\\p{L})(?:${PRICE}|${NOW})(?!\\p{L})`, 'iu');

/** "Price:" and what follows it in running text. */
export const PRICE_IN_PROSE = new RegExp(
  `(?<!\\p{L})(?:${PRICE})(?:\\s*\\([^)]{0,20}\\))?\\s*[:：]\\s*(.{1,30})`,
  'iu',
);

/**
 * Signs and words that make a number a price. Words only apart from letters, so that prose does not match. Wider than
 * the price reader's own list on purpose: it decides.
 */
export const CURRENCY_WORDS =
  /\p{Sc}|(?<!\p{L})(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|czk|huf|ron|rub|uah|try|inr|pkr|jpy|cny|rmb|krw|brl|mxn|ars|clp|cop|pen|zar|aed|sar|ils|thb|vnd|idr|myr|sgd|hkd|twd|php|nzd|bgn|hrk|egp|ngn|kes|mad|kzt|rs|kr|zł|zl|kč|ft|lei|руб|р|грн|тг|лв|din|kn|rm|rp|tl|nt|hk|us|au|บาท|դր|dhs?|sfr|fr|eu|евро)(?!\p{L})|,-|円|元|원/iu;
