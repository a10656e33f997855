/** Words in or before an amount that make it another amount than the price of one item. */
export const SIDE_MONEY_WORDS =
  /\/\s*(?:mo|month|monat|mois|mes|mese|kg|l|100|m²|m2|pcs?|unit|stk?|st|ml|g)\b|per (?:month|unit|kg|100)|month|monat|mois|mensual|instal|mese\b|\bsav(?:e|ing)|spar|économ|ahorr|risparm|oszcz|korting|shipping|versand|delivery|liefer|livraison|envío|envio|spedizione|postage|dostaw|доставк|from your|off\b|orders? over|min\.|minimum|deposit|points|punkte|cashback|voucher|coupon|gutschein|subtotal|total\b|financ|\brate|raten|rata|credit|x \d|^\+|^-|−\s*\d|\(\d|member|club|subscri|\babo\b|trade|used|gebraucht|refurb|warranty|protection|garantie|payments? of|interest-free|(?:fois|cuotas|parcelas|taksit)(?: de)?$|ポイント|送料|配送|배송비|運費|运费|积分|[eé]co-?(?:part|contrib|tax)|ecotasse|recupel|recycling (?:fee|charge)|pfand|consigne|كوبون|وفرت|توصيل|شحن|משלוח/i;

/** "or 4 interest-free payments of", "12x de", "en 3 fois": what follows is one of so many payments. */
export const COUNTED_PAYMENTS =
  /\d[^\d]{0,30}(?:payments?|instal?lments?|raten|mensualit[ée]s|mensualidades|cuotas|pagos|parcelas|rate|raty?|splát\S*|taksit|fois)(?: (?:of|à|de|da|von|po))?$|(?<!\p{L})\d+\s?[x×](?: (?:of|à|de|da|von|po))?$/iu;

/** Words around an amount that make it the price before tax. */
export const NET_WORDS =
  /(?<!\p{L})(?:(?:ex|exc|excl|exkl|excluding|eks|ekskl|plus|zzgl|without|ohne)\.?\s?(?:vat|tax|gst|btw|moms|mva|mwst|ust|iva)|ht|hors taxes?|netto|bez dph|bez vat|без ндс|без пдв|sin iva|iva (?:esclusa|excl)|sem iva|veroton|alv 0)(?!\p{L})|税抜|税别|未稅|未税/iu;

/** Words around an amount that make it the price with tax. */
export const GROSS_WORDS =
  /(?<!\p{L})(?:(?:inc|incl|including|inkl|ink|with)\.?\s?(?:vat|tax|gst|btw|moms|mva|mwst|ust|iva)|ttc|brutto|s dph|с ндс|iva (?:incl|incluid|inclus)\p{L}*|kdv dahil)(?!\p{L})|税込|含税|含稅/iu;

/** A percentage beside these words is what a subscriber saves, not what the price was reduced by. */
export const SUBSCRIPTION_WORDS = /subscri|autoship|(?<!\p{L})abo(?!\p{L})|abonn|suscri|assina|prenumer/iu;

/** Words before an amount that make it the price of a sale, beside the usual one. */
export const SALE_WORDS =
  /(?<!\p{L})(?:now|sale(?: price)?|special(?: price)?|deal(?: price)?|offer(?: price)?|promo(?: price)?|angebots?(?:preis)?|aktions?preis|sonderpreis|jetzt|prix promo|prix soldé|maintenant|oferta|precio (?:rebajado|oferta)|ahora|por|offerta|in offerta|adesso|nu voor|aanbieding|promocja|promocyjna|akce|akční cena|akció|акция|цена со скидкой|indirimli(?: fiyat)?|kampanya)(?!\p{L})|促销价|促銷價|特价|特價|活动价|券后|到手价|折后|折扣價|優惠價|セール|特価|할인가|판매가|الآن/iu;

/** Words in or before an amount that make it a former or recommended price. */
export const OLD_PRICE_WORDS =
  /(?<!\p{L})(?:was|rrp|msrp|uvp|list price|reg(?:ular)?\.?(?: price)?|statt|vorher|bisher|ancien|avant|antes|prezzo di listino|van|ordinarie|före|tidl|přev|původn|cena regularna|najniższa|old price|original price|retail price|regular price|precio anterior|prix conseillé|prezzo precedente|adviesprijs|vejl|ord\.? pris|старая|было|原価|定価|市場価格|参考価格|通常価格|(?:メーカー)?希望小売価格|原价|市场价|原價|市價|建議售價|정가|giá cũ|كان|قبل|السعر السابق)(?!\p{L})/iu;

const PRICE =
  'price|preis|prix|precio|preço|prezzo|cena|prijs|pris|hinta|preț|pret|цена|ціна|fiyat|ár|価格|价格|價格|售价|售價|特價|가격|giá|ราคา|السعر|سعر|מחיר|τιμή';
const NOW = 'now|only|sale|today|jetzt|nur|ahora|ora|adesso|nu|الآن|עכשיו';

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
  /\p{Sc}|(?<!\p{L})(?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|pln|czk|huf|ron|rub|uah|try|inr|pkr|jpy|cny|rmb|krw|brl|mxn|ars|clp|cop|pen|zar|aed|sar|ils|thb|vnd|idr|myr|sgd|hkd|twd|php|nzd|bgn|hrk|egp|ngn|kes|mad|kzt|rs|kr|zł|zl|kč|ft|lei|руб|р|грн|тг|лв|din|kn|rm|rp|tl|nt|hk|us|au|บาท|դր|dhs?|sfr|fr|eu|евро)(?!\p{L})|,-|(?<=\d)[,.:][-–—]{1,2}(?!\S)|円|元|원|ر\.س|ر\.ق|د\.إ|د\.ك|د\.ب|ج\.م|ر\.ع|د\.م|د\.ت|د\.ج|درهم|ريال|جنيه|دينار|تومان|ریال|ש[״"]ח/iu;
