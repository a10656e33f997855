/** Labels of product numbers and brands on product pages, in the main languages of shops. */
export type LabelledField = 'sku' | 'mpn' | 'gtin' | 'brand';

/** Codes of commerce that are written alike in most languages, with the words for "code" of the others before them. */
const CODE_OF = '(?:(?:code|código|cód\\.?|codice|cod\\.?|kod|kód|kode|mã|код|κωδικός|numer|nr|número)(?: de)? )?';
const IN_PARENTHESES = '(?: ?\\((?:ean|gtin|upc|jan|isbn|mpn|sku|p\\/n|13)\\))?';

/** Patterns of labels; each stands for a whole label. */
const WORDS: readonly [field: LabelledField, words: readonly string[]][] = [
  [
    'gtin',
    [
      `${CODE_OF}(?:ean|gtin|upc|isbn|jan)(?:-?\\d+|-?a)?(?: ?-? ?(?:code|nummer|number|no\\.?|nr\\.?|kod|kód|код|コード))?${IN_PARENTHESES}`,
      'bar ?codes?|product barcode|strich ?code|streepjescode|streckkod|stregkode|strekkode|viivakoodi|código de barras?|code-?(?: ?à )?barres?|codice a barre|kod kreskowy|čárový kód|čiarový kód|vonalkód|cod de bare|bar ?kod(?:u|as)?|barkoods?|svītrkods|brūkšninis kodas|ribakood|barkód|kode batang|mã vạch',
      'штрих-?код|баркод|бар-?код|γραμμωτός κώδικας|الباركود|باركود|بارکد|ברקוד|बारकोड|บาร์โค้ด|バーコード|条形码|條碼|條形碼|바코드',
    ],
  ],
  [
    'mpn',
    [
      `mpn${IN_PARENTHESES}|p\\/n|model(?: ?(?:no\\.?|number|nr\\.?|#|code|id|name))?|model\\/part|(?:mfr\\.?|manufacturer(?:'s|’s)?|mfg\\.?)(?: part| article| product| model| item)? ?(?:no\\.?|number|#|code|sku|ref\\.?|reference|id)|part (?:no\\.?|number|#)${IN_PARENTHESES}|oem(?: number| no\\.?)?`,
      'hersteller(?:-? ?(?:art(?:ikel)?\\.?|teile))?-? ?(?:nr\\.?|nummer|code|referenz)|hersteller-?artikel-?nr\\.?|modell(?:-?(?:nummer|nr\\.?|bezeichnung|name))?|typ(?:en)?bezeichnung|fabrikant(?:code|nummer)|artikelnummer fabrikant|model ?nummer|type ?nummer|fabrieksnummer|onderdeelnummer',
      '(?:référence|réf\\.?|code|numéro)(?: de pièce)?(?: du| de)? (?:fabricant|constructeur)|modèle|numéro (?:de )?modèle|(?:número|nº|ref\\.?|referencia|código)(?: de)?(?: la)? ?(?:modelo|pieza|fabricante|del fabricante|parte)|referencia (?:del )?fabricante|modelo|referência (?:do )?fabricante|código (?:do )?fabricante|modello|codice (?:del )?(?:produttore|modello|costruttore)|numero (?:di )?(?:modello|parte)',
      '(?:tillverkarens?|leverantörens) (?:artikel(?:nummer|nr\\.?)|modellnummer|produktnummer|art\\.? ?nr\\.?)|(?:producentens?|produsentens?|fabrikantens|leverandørens) (?:vare ?(?:nummer|nr\\.?)|modell?nummer|artikelnummer|produktnummer|varenr\\.?)|produsentnr\\.?|valmistajan (?:tuotenumero|tuotekoodi|koodi|mallinumero)|malli(?:numero)?|mudel(?:i kood)?|tootja kood|modelio (?:kodas|nr\\.?)|gamintojo kodas|modelis|ražotāja kods',
      'numer (?:modelu|producenta|części|katalogowy producenta)|kod producenta|model producenta|kód výrobc[eu]|(?:číslo|označení) (?:modelu|dílu|výrobce)|objednací číslo výrobce|modellszám|gyártói (?:cikkszám|kód|termékkód)|modell?név|típus|cod (?:producător|model|fabricant)|šifra proizvođača|oznaka modela|model numarası|model no|model kodu|üretici (?:kodu|parça numarası)|parça no|nomor (?:model|part)|kode model|số (?:model|hiệu)|mã (?:model|hiệu)',
      'модель|модел|артикул производителя|код производителя|(?:парт-?номер|номер (?:модели|детали|производителя))|код (?:на )?производител(?:я|ю)?|артикул виробника|код виробника|каталожный номер|μοντέλο|κωδικός κατασκευαστή|(?:رقم|رمز) (?:الموديل|الطراز|القطعة|المُصنِّع|المصنع)|الموديل|مدل|דגם|מק[״"]?ט יצרן|मॉडल(?: नंबर)?|รุ่น|หมายเลขรุ่น|型番|メーカー型番|品番型番|モデル(?:番号|名)?|製造元(?:リファレンス|型番)|型號|型号|产品型号|產品型號|商品型号|모델(?:명|번호)?|품번',
    ],
  ],
  [
    'sku',
    [
      `(?:seller )?sku(?: ?(?:code|no\\.?|number|#|id))?|item ?(?:no\\.?|number|nr\\.?|#|id|code|model)|product ?(?:code|no\\.?|number|id|ref(?:erence)?|#|sku)|style ?(?:no\\.?|#|number|code|id)?|article ?(?:no\\.?|number|code|nr\\.?|id)|cat(?:alogue?|\\.)? ?(?:no\\.?|number|#)|web ?id|stock ?(?:no\\.?|number|code|#|id|keeping unit)|(?:ad|listing|offer|auction) (?:id|no\\.?|number)|listing|asin|plu|id`,
      'art\\.? ?-? ?(?:nr|no|n°|num|code|id)\\.?|artikel(?:nummer|nr\\.?|-nr\\.?|code|id)|bestell-?(?:nr\\.?|nummer)|produkt(?:nummer|nr\\.?|-nr\\.?|kod|-id|code)|product(?:nummer|code)|vare(?:nr\\.?|nummer)|varunummer|tuote(?:numero|koodi)|toote(?:kood|number)',
      'référence(?: produit| article)?|réf\\.?|ref\\.?(?:erence|erencia|erência)?(?: ?(?:no|number|n°|#))?\\.?|code (?:produit|article)|cód(?:igo|\\.)?(?: (?:de |do |del )?(?:producto|artículo|produto|item|artigo))?|codice(?: (?:prodotto|articolo))?|cod\\.?(?: (?:prodotto|produs|art(?:icol)?))?\\.?',
      'kod(?: (?:produktu|towaru|produs))?|nr (?:katalogowy|art\\.?|ref\\.?|artykułu|produktu)|numer (?:katalogowy|produktu|artykułu)|symbol|indeks|kód(?: (?:produktu|zboží|tovaru|termék))?|objednací (?:číslo|kód)|katalogové číslo|číslo produktu|cikkszám|termékkód|šifra(?: (?:proizvoda|artikla|izdelka))?|prekės kodas|preces kods|ürün (?:kodu|no)|stok kodu|mã (?:sản phẩm|sp|hàng|sku)|kode (?:produk|barang|sku)|no\\.? sku',
      'артикул|код(?: (?:товара|товару|продукта|продукту|на продукта|изделия))?|номер товара|κωδικός(?: προϊόντος)?|(?:رقم|رمز|كود) (?:المنتج|الصنف|القطعة)|کد (?:کالا|محصول)|מק[״"\']?ט|רหัสสินค้า|รหัสสินค้า|รหัส|商品番号|品番|商品コード|管理番号|商品编号|商品編號|商品货号|货号|貨號|产品编号|產品編號|상품번호|상품코드|제품번호|제품코드',
    ],
  ],
  [
    'brand',
    [
      'brands?(?: name)?|manufacturers?|vendor|made by|maker|marke|hersteller|marque|fabricant|marca|fabricante|produttore|merk|fabrikant|varumärke|märke|mærke|merke|tillverkare|produsent|brändi|tuotemerkki|merkki|valmistaja',
      'značka|výrobce|výrobca|márka|gyártó|marka|producent|producător|brand(?:as|i)?|gamintojas|prekės ženklas|ražotājs|zīmols|preču zīme|tootja|bränd|kaubamärk|robna marka|marka|proizvođač|proizvajalec|blagovna znamka|üretici|thương hiệu|nhà sản xuất|merek|jenama',
      'бренд|марка|производител|производитель|торговая марка|торгова марка|виробник|μάρκα|κατασκευαστής|(?:العلامة|الماركة) ?(?:التجارية)?|الشركة المصنعة|برند|מותג|יצרן|ब्रांड|ยี่ห้อ|แบรนด์|ブランド(?:名)?|メーカー(?:名)?|製造元|品牌|厂商|廠商|브랜드|제조사|제조업체',
    ],
  ],
];
const PATTERNS = WORDS.map(([field, words]) => [field, words.join('|')] as const);
/** Bullets and the like before a label. */
const LEAD = '^[^\\p{L}\\p{N}]{0,3}';
const LABELS = PATTERNS.map(([field, words]): [LabelledField, RegExp] => [
  field,
  new RegExp(`${LEAD}(?:${words})(?:\\s*[:：#]\\s*|\\s*\\.{0,3}$|\\s*[-–]\\s+)(.*)$`, 'iu'),
]);
/** Labels that need no separator from their value: `SKU 12345`, `Art.-Nr. 123-4`. */
const CLOSE_LABELS = new RegExp(`${LEAD}(?:${PATTERNS[2]![1]})\\s+(\\S*\\d\\S*)$`, 'iu');

/** `JAN 4573102664372`: a number that long needs none either. */
const CLOSE_GTIN = new RegExp(`${LEAD}(?:${PATTERNS[0]![1]})\\s+(\\d[\\d -]{6,16}\\d)$`, 'iu');

const MAX_LABEL_LENGTH = 80;

/** The label that a text is or begins with, and the value in the same text (empty when it must stand near by). */
export function readLabel(text: string): { field: LabelledField; value: string } | null {
  if (text.length > MAX_LABEL_LENGTH) return null;
  for (const [field, pattern] of LABELS) {
    const match = pattern.exec(text);
    if (match) return { field, value: (match[1] ?? '').trim() };
  }
  const gtin = CLOSE_GTIN.exec(text)?.[1];
  if (gtin !== undefined) return { field: 'gtin', value: gtin };
  const close = CLOSE_LABELS.exec(text);
  return close ? { field: 'sku', value: close[1] ?? '' } : null;
}
