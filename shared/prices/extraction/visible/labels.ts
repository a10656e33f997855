/** Labels of product numbers and brands on product pages, in the main languages of shops. */
export type LabelledField = 'sku' | 'mpn' | 'gtin' | 'brand';

const WORDS: [field: LabelledField, words: string][] = [
  [
    'gtin',
    'ean(?:-?(?:13|8|code| code))?|gtin(?:-?\\d+)?|upc(?:-?a| code)?|isbn(?:-?1[03])?|barcode|bar code|código de barras|strichcode|code-barres|codice a barre|kod kreskowy|čárový kód|штрих-?код|barkod|jan(?:コード)?',
  ],
  [
    'mpn',
    "mpn|model(?: ?(?:no\\.?|number|nr\\.?|#|code|id))?|model\\/part|(?:mfr\\.?|manufacturer(?:'s)?|mfg\\.?)(?: part)? ?(?:no\\.?|number|#|code|sku|ref\\.?)|part (?:no\\.?|number|#)|oem(?: number| no\\.?)?|herstellernummer|hersteller-?(?:art(?:ikel)?\\.?-?)?(?:nr\\.?|nummer)|modell(?:nummer|nr\\.?)?|modelo|modèle|modello|référence fabricant|numer (?:modelu|producenta)|kod producenta|part number \\(?p\\/?n\\)?|p\\/n|модель|cod producător|gyártói cikkszám|型番|型號|型号|モデル",
  ],
  [
    'sku',
    '(?:seller )?sku(?: ?(?:code|no\\.?|number|#|id))?|item ?(?:no\\.?|number|nr\\.?|#|id|code|model)|product ?(?:code|no\\.?|number|id|ref(?:erence)?|#)|style ?(?:no\\.?|#|number|code|id)?|article ?(?:no\\.?|number|code|nr\\.?)|art\\.? ?-? ?(?:nr|no|n°|num|code|id)\\.?|artikel(?:nummer|nr\\.?|-nr\\.?|code)|bestell-?(?:nr\\.?|nummer)|produkt(?:nummer|nr\\.?|-nr\\.?|kod|-id|code)|vare(?:nr\\.?|nummer)|tuote(?:numero|koodi)|référence(?: produit)?|réf\\.?|ref\\.?(?:erence|erencia|erência)?(?: ?(?:no|number|n°|#))?\\.?|code (?:produit|article)|cód(?:igo|\\.)?(?: (?:de |do )?(?:producto|artículo|produto|item))?|codice(?: (?:prodotto|articolo))?|cod\\.?(?: (?:prodotto|produs|art(?:icol)?))?\\.?|kod(?: (?:produktu|towaru|produktu))?|nr (?:katalogowy|art\\.?|ref\\.?|artykułu)|symbol|indeks|kód(?: (?:produktu|zboží|tovaru))?|objednací (?:číslo|kód)|katalogové číslo|cikkszám|termékkód|артикул|код(?: (?:товара|товару|продукта))?|ürün kodu|stok kodu|κωδικός(?: προϊόντος)?|商品番号|品番|商品编号|商品編號|货号|貨號|상품번호|상품코드|prekės kodas|preces kods|tootekood|cat(?:alogue?|\\.)? ?(?:no\\.?|number|#)|web ?id|stock ?(?:no\\.?|number|code|#|id)|(?:ad|listing|offer|auction) (?:id|no\\.?|number)|listing|asin|plu|mã (?:sản phẩm|sp|hàng)|šifra(?: proizvoda)?|id',
  ],
  [
    'brand',
    'brand(?: name)?|manufacturer|vendor|marke|hersteller|marque|fabricant|marca|fabricante|produttore|merk|fabrikant|varumärke|märke|mærke|merke|tillverkare|produsent|brändi|tuotemerkki|valmistaja|značka|výrobce|výrobca|márka|gyártó|marka|producent|producător|бренд|марка|производитель|торговая марка|виробник|üretici|μάρκα|κατασκευαστής|ブランド(?:名)?|メーカー|品牌|브랜드|제조사|gamintojas|prekės ženklas|ražotājs|zīmols|tootja|bränd|kaubamärk|preču zīme|thương hiệu|ยี่ห้อ|merek|robna marka|proizvođač|proizvajalec|blagovna znamka',
  ],
];
const LABELS = WORDS.map(([field, words]): [LabelledField, RegExp] => [
  field,
  new RegExp(`^\\W{0,3}(?:${words})(?:\\s*[:：#]\\s*|\\s*\\.{0,3}$|\\s*[-–]\\s+)(.*)$`, 'iu'),
]);
/** Labels that need no separator from their value: `SKU 12345`, `Art.-Nr. 123-4`. */
const CLOSE_LABELS = new RegExp(`^\\W{0,3}(?:${WORDS[2]![1]})\\s+(\\S*\\d\\S*)$`, 'iu');

const MAX_LABEL_LENGTH = 80;

/** The label that a text is or begins with, and the value in the same text (empty when it must stand near by). */
export function readLabel(text: string): { field: LabelledField; value: string } | null {
  if (text.length > MAX_LABEL_LENGTH) return null;
  for (const [field, pattern] of LABELS) {
    const match = pattern.exec(text);
    if (match) return { field, value: (match[1] ?? '').trim() };
  }
  const close = CLOSE_LABELS.exec(text);
  return close ? { field: 'sku', value: close[1] ?? '' } : null;
}
