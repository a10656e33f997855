/** What the words around an amount say about it. */
export type Label =
  | 'now'
  | 'list'
  | 'saving'
  | 'from'
  | 'instalment'
  | 'shipping'
  | 'threshold'
  | 'freeShipping'
  | 'net'
  | 'gross'
  | 'reference'
  | 'price'
  | 'tax';

/**
 * Words of shops in the languages of the web, by what they say of the amount after them. `_` stands for a space; the
 * longest match wins, and of several before one amount the nearest.
 */
const LABELS: Readonly<Record<Label, string>> = {
  now:
    'now today sale_price special_price deal_price our_price your_price you_pay offer_price clearance jetzt nur aktuell ' +
    'angebotspreis sonderpreis neuer_preis jetziger_preis maintenant prix_promo prix_actuel nouveau_prix precio_actual precio_final prezzo_attuale prezzo_finale preço_atual ahora oferta por agora apenas adesso ora prezzo_scontato nu nu_voor ' +
    'voor nå nyt nyní teraz teď obecnie сейчас теперь новая_цена цена_со_скидкой şimdi akciós_ár akční_cena naše_cena ' +
    'naša_cena τώρα 现价 特价 現在 特価 セール 활인가 할인가 판매가 الآن',
  list:
    'was were rrp msrp srp list list_price regular_price regular reg retail_price original_price originally old_price ' +
    'previously before compare_at compare statt uvp uvp_des_herstellers bisher vorher ursprünglich streichpreis ' +
    'alter_preis ursprünglicher_preis unverb_preisempfehlung instead_of avant était au_lieu_de ancien_prix prix_initial prix_conseillé prix_barré prix_public antes precio_original precio_anterior preço_original prezzo_originale prezzo_precedente precio_habitual pvpr era ' +
    'prima prezzo_di_listino listino invece_di adviesprijs vanprijs van vor før_pris førpris før ord_pris ord ordinarie ' +
    'tidigare rek_pris normalpris norm ovh původní_cena původně běžná_cena bežná_cena pôvodná_cena cena_regularna ' +
    'dawniej najniższa_cena старая_цена было обычная_цена раньше eski_fiyat yerine eredeti_ár régi_ár αρχική ' +
    '原价 原價 定価 通常価格 정가 市场价 市場價 قبل',
  saving:
    'save you_save saving savings discount off minus sparen spare sie_sparen ersparnis rabatt nachlass gutschein ' +
    'économisez économie remise rabais réduction ahorra ahorro ahorras descuento desconto economize economia sconto ' +
    'risparmi risparmia korting bespaar je_bespaart besparing rabat spar du_sparer säästä alennus sleva ušetříte zľava ' +
    'ušetríte zniżka oszczędzasz rabat скидка экономия выгода знижка indirim kazanç kedvezmény megtakarítás έκπτωση ' +
    'trade-in coupon voucher cashback deposit pfand consigne 割引 値引 优惠 立减 省 할인 خصم',
  from:
    'from starting_at starting_from starts_at as_low_as ab à_partir_de dès desde a_partir_de a_partire_da da vanaf fra ' +
    'från od от від alkaen kezdve από 最低',
  instalment:
    'payments_of instalments_of installments_of raten_à raten_von monatlich mensualités_de cuotas_de parcelas_de rate_da ' +
    'рассрочка klarna afterpay',
  shipping:
    'shipping delivery postage p&p versand versandkosten lieferung livraison frais_de_port envío ' +
    'gastos_de_envío frete envio spedizione consegna verzending verzendkosten frakt fragt porto doprava poštovné ' +
    'dostawa wysyłka доставка kargo szállítás 送料 运费 運費 배송비',
  threshold:
    'orders_over orders_above orders_of on_orders orders spend spend_over over above minimum min minimum_order min_order purchases_over up_to ' +
    'sopra sopra_i superiori_a superior_a superiores_a över boven yli üzeri nad felett peste więcej_niż mindestbestellwert ' +
    'commande_minimum pedido_mínimo ordine_minimo minimale_bestelling minsta_order minimalne_zamówienie ' +
    "jusqu'à jusqu’à " +
    'bis_zu hasta fino_a até tot до über plus_de más_de oltre свыше powyżej ' +
    'bestellwert einkaufswert dès_d pedidos_superiores compras_acima ordini_superiori',
  freeShipping:
    'free_shipping free_delivery versandkostenfrei gratisversand kostenloser_versand livraison_gratuite livraison_offerte ' +
    'envío_gratis frete_grátis spedizione_gratuita gratis_verzending fri_frakt fri_fragt gratis_frakt doprava_zdarma ' +
    'darmowa_dostawa бесплатная_доставка',
  net: 'ht ex eks ekskl exc excl exkl excluding exclusive without net netto zzgl_mwst ohne_mwst bez_dph bez_vat без_ндс ex_vat plus_vat 税抜 税别',
  gross: 'ttc inc incl inkl including inclusive brutto iva_incluido iva_inclusa s_dph z_vat с_ндс kdv_dahil 税込 含税',
  reference:
    'sku model modell art art-nr artikelnummer item ref réf code ean upc isbn gtin mpn qty quantity menge anzahl nr no ' +
    'nº id tel phone call size größe taille page vol volume version series type step level pack_of set_of lot_de артикул ' +
    'код модель',
  price:
    'price the total cost value amount each only just preis prijs prix precio preço preco prezzo pris hinta cena cenu ' +
    'cijena цена ціна ár ára fiyat fiyatı τιμή harga giá ราคา 价格 價格 售价 価格 가격 سعر السعر قیمت מחיר our your de ' +
    'pvp est estimate estimated sale special offer online approx ca à avec valeur mit mai i и',
  tax: 'vat tax taxes gst mwst ust tva iva btw plus zzgl moms mva dph vč s včetně bez ндс пдв kdv áfa alv φπα with card',
};

const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai}/u;

const LABEL_OF: ReadonlyMap<string, Label> = new Map(
  (Object.entries(LABELS) as [Label, string][]).flatMap(([label, words]) =>
    words.split(' ').map((word) => [word.replaceAll('_', ' '), label] as const),
  ),
);

const KNOWN_WORDS: ReadonlySet<string> = new Set(
  [...LABEL_OF.keys()].flatMap((phrase) => (UNSPACED.test(phrase) ? [...phrase] : phrase.split(/[ -]/))),
);

/** What a word or phrase (lower case, single spaces) says of the amount beside it. */
export function labelOf(phrase: string): Label | null {
  return LABEL_OF.get(phrase) ?? null;
}

/** Whether a word (lower case) is one of those that surround prices, so that a bare number beside it may be one. */
export function isPriceWord(word: string): boolean {
  return KNOWN_WORDS.has(word);
}

/** Words after a whole number that make it a measure, a count, a time or a rank: never a price by itself. */
const UNITS: ReadonlySet<string> = new Set(
  (
    'kg g gr mg lb lbs oz ml cl dl l lt ltr litre liter gal pt gb tb mb kb mm cm dm m km in inch inches zoll ft foot feet ' +
    'yd mi w kw kwh wh v mah ah a hz khz ghz mhz mp px p k dpi rpm fps bar psi db c f ct cts cent cents cts céntimos ' +
    'sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks month months year years yr ' +
    'yrs tag tage tagen woche wochen monat monate jahr jahre stunden jour jours semaine mois an ans heures días día ' +
    'semana meses mes años año horas dias anos giorni giorno mesi anni ore dag dagen dage dagar weken maanden jaar uur ' +
    'måneder år dní dni dny let lat godzin rok дн день дня дней недель мес месяцев лет года час часов gün saat ay yıl ' +
    'star stars sterne étoiles review reviews rating ratings bewertung bewertungen avis opinion opiniones opinie отзыв ' +
    'отзывов отзыва yorum votes item items artikel product products produkt produkte produkter produits productos st stk ' +
    'stück pcs pc pieces piece pièces piezas uds ud szt ks шт db kpl adet pack packs pk er set sets pair pairs x in_stock ' +
    'stock left available verfügbar sold verkauft views people customers colours colors sizes points pts punkte users th ' +
    'nd rd º ª sheets pages tablets capsules tabletten kapseln caps d 個 件 点 台 本 枚 回 人 日 年 月 時 分 个 天 개 ' +
    'copies players watts volts persons pers person personnes personen guests nights nächte'
  ).split(' '),
);

export function isUnit(word: string): boolean {
  return UNITS.has(word);
}

/** Hundredths of the main unit, written after their number: `5 руб. 50 коп.` */
const SUBUNITS: ReadonlySet<string> = new Set(
  'cent cents ct cts céntimos centimos centimes centavos коп копеек копейки копійок gr grosz grosze groszy øre öre ore bani ст стотинки haléřů kuruş krş lipa стот'.split(
    ' ',
  ),
);

export function isSubunit(word: string): boolean {
  return SUBUNITS.has(word);
}

/** Words for powers of ten written behind a number, with the exponent. */
const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['万', 4],
  ['萬', 4],
  ['만', 4],
  ['億', 8],
  ['亿', 8],
  ['억', 8],
  ['千', 3],
  ['천', 3],
  ['lakh', 5],
  ['lakhs', 5],
  ['lac', 5],
  ['lacs', 5],
  ['crore', 7],
  ['crores', 7],
  ['cr', 7],
  ['million', 6],
  ['millionen', 6],
  ['millions', 6],
  ['mio', 6],
  ['mln', 6],
  ['млн', 6],
  ['тыс', 3],
  ['тис', 3],
  ['tys', 3],
  ['tis', 3],
  ['juta', 6],
  ['ribu', 3],
  ['triệu', 6],
  ['nghìn', 3],
  ['ngàn', 3],
  ['mil', 3],
  ['bin', 3],
  ['billion', 9],
  ['bn', 9],
]);
/** Abbreviations that multiply only when glued to a number with a currency: `$5k`, `€1.2M`, `Rp 25rb`. */
const GLUED_MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['rb', 3],
  ['jt', 6],
  ['tr', 6],
  ['k', 3],
  ['K', 3],
  ['M', 6],
  ['m', 6],
  ['B', 9],
]);

/** The power of ten that a word behind a number means; `glued` when no space stands between. */
export function multiplierExponent(word: string, glued: boolean): number | null {
  return (glued ? GLUED_MULTIPLIERS.get(word) : undefined) ?? MULTIPLIERS.get(word.toLowerCase()) ?? null;
}

const PER_UNITS: Readonly<Record<string, string>> = {
  month:
    'mo mth month months monat monate monaten mois mes meses mesi maanden miesięcy měsíců месяцев mês mese maand mnd md måned månad miesiąc mies měsíc мес месяц ay 月',
  year: 'yr year annum jahr an año ano anno jaar år rok год yıl 年',
  week: 'wk week woche semaine semana settimana',
  day: 'day tag jour día dia giorno dag день сутки 日',
  night: 'night nacht nuit noche notte 泊',
  person: 'person pers personne persona pessoa persoon чел',
  piece:
    'pc pcs piece pièce pezzo pieza ea each stk stück stuk st styck unit unité item unidad unidade ud uds szt sztuka ks ' +
    'kus kos шт pz db kpl adet 個 件 pair paar',
  kg: 'kg kilo kilogram kilogramm кг',
  g: 'g gr gram gramm г',
  lb: 'lb lbs pound',
  oz: 'oz ounce',
  l: 'l lt ltr liter litre litro л',
  ml: 'ml мл',
  cl: 'cl',
  gallon: 'gal gallon',
  m: 'm meter metre mètre metro lfm м',
  m2: 'm2 m² qm sqm м2 sqft',
  kWh: 'kwh',
  pack: 'pack pk pkg packung paket box karton case set',
  wash: 'wl wash waschladung',
  tablet: 'tablet tablette tab capsule kapsel',
};
const PER_UNIT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PER_UNITS).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit] as const)),
);

/** Words that say by themselves what a price is for. */
const PER_BY_ITSELF: ReadonlyMap<string, string> = new Map([
  ...['ea', 'each', 'apiece'].map((word) => [word, 'piece'] as const),
  ...'monthly mtl monatlich mensuel mensual mensile mensal měsíčně miesięcznie'
    .split(' ')
    .map((word) => [word, 'month'] as const),
]);

/** The unit that a word by itself says a price is for: `each`, `monthly`. */
export function perByItself(word: string): string | null {
  return PER_BY_ITSELF.get(word) ?? null;
}

/** The unit that a price is for (`kg`, `month`, `piece`, …), from the word after "per". */
export function perUnit(word: string): string | null {
  return PER_UNIT_OF.get(word) ?? null;
}

const PER_WORDS: ReadonlySet<string> = new Set('per pro je par por al za za cada a pr за к each the'.split(' '));

/** Whether a word stands for the stroke of `€/kg`. */
export function isPerWord(word: string): boolean {
  return PER_WORDS.has(word);
}

const RANGE_WORDS: ReadonlySet<string> = new Set(
  'to bis à au a až do til till tot y e et and und en och og и до по ile through thru up và から 至 到'.split(' '),
);
const RANGE_PUNCTUATION: ReadonlySet<string> = new Set(['-', '–', '—', '―', '−', '~', '〜', '～', '…', '÷']);

/** Whether what stands between two amounts makes them the two ends of a range. */
export function isRangeConnector(text: string): boolean {
  return RANGE_PUNCTUATION.has(text) || RANGE_WORDS.has(text);
}

const FREE: ReadonlySet<string> = new Set(
  (
    'free gratis kostenlos umsonst gratuit gratuite gratuitement grátis gratuito gratuita бесплатно безкоштовно безплатно darmowe darmowy ' +
    'za_darmo zdarma zadarmo ingyenes ücretsiz bedava 無料 免费 免費 무료 مجانا مجاني مجانًا رایگان חינם मुफ़्त मुफ्त besplatno ' +
    'brezplačno tasuta nemokamai bezmaksas ilmainen maksuton δωρεάν miễn_phí ฟรี for_free free_of_charge no_charge'
  )
    .split(' ')
    .map((word) => word.replaceAll('_', ' ')),
);

/** Whether the whole text (lower case, without punctuation) says that the thing costs nothing. */
export function saysFree(text: string): boolean {
  return FREE.has(text);
}
