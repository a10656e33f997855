import type { Element } from 'domhandler';
import { lineText } from '../dom.ts';
import type { PlacedElement } from '../outline.ts';
import type { Page } from '../page.ts';

/** Where on a page the product stands: what the nearness of everything else is measured from. */
export interface Anchors {
  /** The heading that names the product; null when the page has none. */
  title: PlacedElement | null;
  /** The first button after the title that buys; null when none is found. */
  buy: (PlacedElement & { disabled: boolean }) | null;
}

/** "Add to cart" and "buy" in the main languages of shops, as words or as names in the markup. */
const BUY =
  /add[-_ ]?(?:item[-_ ]?)?to[-_ ]?(?:your[-_ ]?|my[-_ ]?|shopping[-_ ]?)?(?:cart|basket|bag|trolley|order)|addtocart|add2cart|buy[-_ ]?(?:it[-_ ]?)?now|buybutton|buy-button|place bid|in den (?:waren|einkaufs)korb|in den korb|jetzt kaufen|ajouter (?:au|à mon) panier|acheter|añadir al? (?:carrito|la cesta|bolsa)|agregar al (?:carr|bols)|añadir a la cesta|comprar|adicionar (?:ao|à) (?:carrinho|sacola)|aggiungi al(?:la)? (?:carrello|borsa)|acquista|in (?:mijn )?winkelwagen|in winkelmand|lägg i (?:varukorg|kundvagn)|köp(?: nu)?$|legg i handle|kjøp|læg i kurv|lisää ostoskoriin|do koszyka|kup teraz|do košíku|do košíka|vložit|kosárba|adaug[aă] [iî]n co[sș]|cumpără|в корзину|купить|добавить в|в кошик|купити|додати|sepete ekle|satın al|στο καλάθι|カートに入れる|購入|加入购物车|加入購物車|立即购买|立即購買|放入購物車|장바구니|구매|bestellen|pirkt|ielikt grozā|lisa (?:ostu)?korvi|osta kohe|į krepšelį|pirkti|dodaj u ko[sš]aric|v košarico|thêm vào giỏ|mua ngay|หยิบใส่|beli sekarang|tambah ke/i;
const MAX_LABEL_LENGTH = 120;
/** A button further from the title than this many texts buys something else. */
const MAX_DISTANCE = 400;

export function findAnchors(page: Page): Anchors {
  const title = findTitle(page);
  return { title, buy: findBuyButton(page, title?.at ?? 0) };
}

/** Of several first-level headings the one that the page's own title repeats, else the first with text. */
function findTitle(page: Page): PlacedElement | null {
  const named = [page.titleText, page.outline.meta.get('og:title') ?? ''].map((text) => text.toLowerCase());
  let best: PlacedElement | null = null;
  let bestScore = 0;
  for (const heading of page.outline.headings) {
    const text = lineText(heading.element, 300).toLowerCase();
    if (text === '') continue;
    const score = named.some((name) => name.includes(text)) ? 2 + Math.min(text.length, 100) / 100 : 1;
    if (score > bestScore) {
      best = heading;
      bestScore = score;
    }
  }
  return best;
}

function findBuyButton(page: Page, from: number): Anchors['buy'] {
  for (const button of page.outline.buttons) {
    if (button.at < from) continue;
    if (button.at > from + MAX_DISTANCE) return null;
    if (isBuyButton(button.element)) return { ...button, disabled: isDisabled(button.element) };
  }
  return null;
}

export function isBuyButton(element: Element): boolean {
  const { attribs } = element;
  const names = `${attribs.value ?? ''} ${attribs.title ?? ''} ${attribs['aria-label'] ?? ''} ${attribs.name ?? ''} ${attribs.id ?? ''} ${attribs.class ?? ''} ${attribs['data-testid'] ?? ''} ${attribs['data-action'] ?? ''}`;
  return BUY.test(lineText(element, MAX_LABEL_LENGTH)) || BUY.test(names);
}

function isDisabled({ attribs }: Element): boolean {
  return (
    'disabled' in attribs ||
    attribs['aria-disabled'] === 'true' ||
    /(?:^|[\s_-])(?:disabled|sold-?out|out-?of-?stock|unavailable|inactive)(?:[\s_-]|$)/i.test(attribs.class ?? '')
  );
}
