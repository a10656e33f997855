import { readableText } from '../../../shared/prices/extraction/dom.ts';
import { parseHtml } from '../../../shared/prices/extraction/parse-html.ts';

/**
 * What shops say when a search has no hit, in the languages of most of them. Without such words a page on which no
 * offer can be read counts as not understood, since "nothing here" would be a claim about the shop.
 */
const NOTHING_FOUND = new RegExp(
  [
    'no (?:\\w+ ){0,2}(?:results?|products?|items?|matches|matching|hits)\\b',
    '\\b0 (?:results?|products?|items?|matches|treffer|ergebnisse|r[eé]sultats?|risultati|resultados|resultaten)\\b',
    'nothing (?:was )?found',
    "(?:couldn['’]t|could not|did not|didn['’]t) find (?:any|what)",
    'not match any (?:products?|items?)',
    'keine (?:\\w+ ){0,2}(?:treffer|ergebnisse|produkte|artikel)',
    'nichts gefunden',
    'aucun (?:r[eé]sultat|produit|article)',
    'ning[uú]n (?:resultado|producto)',
    'no se (?:han encontrado|encontraron)',
    'nessun (?:risultato|prodotto|articolo)',
    'nenhum (?:resultado|produto)',
    'geen (?:\\w+ )?(?:resultaten|producten|artikelen)',
    'inga (?:\\w+ )?(?:tr[äa]ffar|resultat|produkter)',
    'ingen (?:\\w+ )?(?:treff|resultater|produkter)',
    'nie znaleziono|brak (?:wynik[oó]w|produkt[oó]w)',
    '見つかりませんでした|該当する商品',
  ].join('|'),
  'i',
);

/** The words stand in the body of the page, before what else the shop would like to sell. */
const READ_CHARACTERS = 50_000;

/** Whether the page says that its search found nothing. @param html the whole page */
export function saysNothingFound(html: string): boolean {
  return NOTHING_FOUND.test(readableText(parseHtml(html), READ_CHARACTERS));
}
