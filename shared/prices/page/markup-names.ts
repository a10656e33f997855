/**
 * Names that shops' themes give the parts of a page, as patterns for classes, ids and the like in lower case. They are English
 * all over the world; names that shops take from their own language stand among its words (`names` in `words/words.ts`).
 */

/** Other products: recommendations, carousels, carts, comparison. */
export const ELSEWHERE =
  /related|recommend|similar|upsell|up-sell|cross-?sell|carousel|swiper|slick|owl-|(?:^|[^a-z])also(?:[^a-z]|$)|recently|last-?seen|accessor|bundle|suggest|sponsor|advert|mini-?(?:cart|basket|bag)|(?<!to-?)(?:cart|basket|bag)-?(?:drawer|popup|flyout|item|summary|preview|overlay)|compare(?!-?at)|comparison|wish-?list|complement|together|ranking|top-?sell|best-?sell|popular|teaser|other-?sell|cross_sell|(?:^|[^a-z])reco(?:$|[^a-z])/;

/** One of a list of products. */
export const CARD = /product-?(?:list|grid|tile|card)s?(?:$|[^a-z])/;

/** What frames the content: reviews, dialogs, banners. */
export const FRAME =
  /review|comment|feedback|question|newsletter|modal|popup|pop-up|tooltip|dialog|overlay|cookie|consent|search|filter|facet|toolbar|banner|social|share|login|account/;

/** Menus, header and footer of the site. */
export const NAVIGATION =
  /footer|(?<!product[-_]{0,2}|pdp[-_]{0,2}|detail[-_]{0,2}|info[-_]{0,2})header|(?:^|[^a-z])nav|menu|flyout|breadcrumb/;

/** Large or bold type. */
export const EMPHASIS = /large|big|huge|-xl|xl-|main|primary|headline|bold|heading|fs(?:2[4-9]|3\d)/;

/** A choice of a size, a colour or a quantity. */
export const CHOICE =
  /swatch|variant|option|(?:^|[^a-z])(?<!(?:^|[^a-z])(?:a|font|text|type|icon)[-_])sizes?(?:[^a-z]|$)|colou?r-?(?:pick|select|list|choos|name|label|attr|tile|box)|(?:^|[ _])colou?rs?(?:[ _]|$)|(?:^|[^a-z])select(?:[^a-z]|$)|dropdown|quantity|qty/;

export const HIDDEN = /(?:^|\s)(?:hide|hidden|d-none|is-hidden|ng-hide|u-hidden|display-none)(?:\s|$)/;

/** Elements whose text is struck through. */
export const STRUCK_ELEMENTS = ['del', 's', 'strike'] as const;

/** The same by a style. */
export const STRUCK_STYLE = /line-through/i;
