import type { Availability } from '../offer.ts';

/** Scripts that write words without spaces between them, so that a phrase begins anywhere. */
const UNSPACED = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]';

/**
 * How shops say what is in stock, in the main languages of shops. Order matters: a negated phrase contains the positive
 * one ("not in stock", "nicht auf Lager"), so absence is asked first.
 */
const OUT_OF_STOCK = phrases(
  // English
  'out[ -]of[ -]stock|sold[ -]?out|no stock|unavailable(?=[.!]?$)|not available for (?:purchase|sale)|join (?:the )?wait(?:ing )?list|currently unavailable|temporarily unavailable|temporarily out|not (?:currently )?available|no longer available|not in stock|item is unavailable|unavailable online|(?:notify|email|alert|tell) me when (?:it(?:[\\x27’]s| is)? |this is )?(?:available|back|in stock)|back in stock (?:alert|notification)|(?:listing|auction|posting|advert|ad|offer) (?:has |is |was )?(?:been )?(?:ended|expired|deleted|removed|sold|closed)|no longer (?:for sale|sold|stocked|in production|offered)|discontinued',
  // German
  'ausverkauft|leider nicht|nicht (?:mehr )?(?:auf lager|vorrätig|lieferbar|verfügbar|vorraetig)|derzeit nicht|vergriffen|nicht erhältlich|nicht mehr (?:erhältlich|im sortiment|im angebot)|benachrichtig(?:en|ung),? (?:sobald|wenn)',
  // French
  'rupture de stock|en rupture|épuisé|indisponible|plus disponible|victime de son succès|plus en vente|non disponible|prévenez-moi|alertez-moi|m[\\x27’]alerter',
  // Spanish, Portuguese
  'agotad[oa]|sin stock|no disponible|fuera de stock|sin existencias|esgotad[oa]|indispon[ií]vel|sem estoque|fora de estoque|avise-me|no hay (?:stock|existencias)|av[ií]same|avisarme cuando',
  // Italian
  'esaurit[oa]|non (?:disponibile|in stock|acquistabile)|fuori produzione|terminato|avvisami',
  // Dutch, Scandinavian
  'uitverkocht|(?:tijdelijk )?niet (?:meer )?(?:op voorraad|leverbaar|beschikbaar)|slutsåld|slut i lager|ej i lager|finns ej|utsolgt|ikke på lager|udsolgt|loppuunmyyty|ei varastossa|tilapäisesti loppu|loppunut',
  // Central and Eastern Europe
  'niedostępn[yae]|brak (?:w magazynie|towaru|na stanie)|wyprzedan[ey]|produkt niedostępny|vyprodáno|není (?:skladem|na skladě)|momentálně nen[ií]|nedostupn[éýá]|vypredané|nie je na sklade|elfogyott|nincs (?:készleten|raktáron)|nem rendelhető|stoc epuizat|indisponibil|nu este în stoc|изчерпан|няма в наличност|нет (?:в наличии|на складе|в продаже)|временно отсутствует|снят с (?:производства|продажи)|товар закончился|распродан|недоступен|немає в наявності|закінчився|išparduota|nėra sandėlyje|nav pieejams|izpārdots|pole saadaval|läbi müüdud|otsas|rasprodano|nije dostupn|ni na zalogi',
  // Turkish, Greek, Asian languages
  'tükendi|stokta (?:yok|bulunmuyor)|temin edilemiyor|stoklarda yok|εξαντλημένο|εξαντλήθηκε|μη διαθέσιμο|在庫切れ|売り切れ|品切れ|完売|入荷待ち|品切(?!れ)|在庫(?:なし|無し|がありません)|販売(?:を)?終了|取扱(?:い)?終了|入荷未定|无货|暂无库存|已下架|到货通知|補貨通知|缺少存貨|没有货|沒有貨|没货|缺货|缺貨|售罄|售完|無庫存|已售完|補貨中|품절|일시품절|매진|재고 ?없음|재입고 알림|판매 ?종료|hết hàng|สินค้าหมด|stok (?:habis|kosong)|terjual habis|غير (?:متوفر|متاح)|نفد(?:ت)?|نفذت الكمية|ناموجود|אזל|לא (?:במלאי|זמין)|स्टॉक में नहीं|उपलब्ध नहीं',
);

const IN_STOCK = phrases(
  'in stock|available now|ready to ship|ships (?:today|within|in \\d)|(?:only )?\\d+ (?:left|available)|available (?:online|for delivery|to order)',
  '(?:auf|an|ab) lager|am lager|lagernd|(?:sofort )?versandfertig|sofort (?:lieferbar|verfügbar)|vorrätig|lieferbar',
  'en stock|disponible immédiatement|expédié sous',
  'en existencia|disponible|em estoque|em stock|disponível|hay stock|unidades disponibles',
  'disponibile|in magazzino|disponibilità immediata|pronta consegna',
  'op voorraad|direct leverbaar|i lager|finns i lager|på lager|varastossa',
  'dostępny|w magazynie|na stanie|skladem|na sklade|raktáron|készleten|în stoc|in stoc|налично|в наличност|в наличии|есть на складе|є в наявності|в наявності|yra sandėlyje|ir noliktavā|pieejams|laos|na zalogi|na zalihi|dostupno',
  'stokta|άμεσα διαθέσιμο|διαθέσιμο|σε απόθεμα|在庫あり|即納|有货|现货|有現貨|現貨|有庫存|有貨|庫存充足|库存充足|재고 있음|còn hàng|มีสินค้า|tersedia|متوفر|متاح|في المخزون|موجود|במלאי|זמין|स्टॉक में',
);

const PRE_ORDER = phrases(
  'pre-?order|coming soon|vorbestell|précommande|preventa|reservar ahora|pré-venda|prenota|предзаказ|przedsprzedaż|予約|预售|預購|예약',
);
const BACK_ORDER = phrases('back-?order|available to back ?order|nachbestell|на заказ|под заказ|na zamówienie');

function phrases(...languages: string[]): RegExp {
  return new RegExp(`(?:(?<![\\p{L}\\p{N}])|(?=${UNSPACED}))(?:${languages.join('|')})`, 'iu');
}

/** The state that a short text tells, such as the label beside a buy button; null for "cannot tell". */
export function availabilityFromText(text: string): Availability | null {
  if (OUT_OF_STOCK.test(text)) return 'OutOfStock';
  if (PRE_ORDER.test(text)) return 'PreOrder';
  if (BACK_ORDER.test(text)) return 'BackOrder';
  return IN_STOCK.test(text) ? 'InStock' : null;
}
