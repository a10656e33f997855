/** The parameters of the share target. Android puts addresses into `text` as often as into `url`. */
export interface Shared {
  title: string | null;
  text: string | null;
  url: string | null;
}

/** The limit of the API. */
const MAX_WORDS_LENGTH = 200;
const ADDRESS = /https?:\/\/\S+/i;
/** Parts of a shop's address that name the page and not the product. */
const NOT_A_NAME =
  /^(products?|items?|shop|store|p|dp|gp|ip|itm|artikel|catalog|collections|[a-z]{2}|[a-z]{2}[-_][a-z]{2})$/i;
const FILE_ENDING = /\.(html?|php|aspx?)$/i;

/** The address of the shop's page: the server reads there which product it is. */
export function sharedAddress({ text, url }: Shared): string | null {
  const address = url || ADDRESS.exec(text ?? '')?.[0];
  return address !== undefined && URL.canParse(address) ? address : null;
}

/**
 * The words to compare prices for, where the page itself cannot be read: the shared title, else the text without its
 * addresses, else the words in the address. Null where there are none.
 */
export function sharedWords(shared: Shared): string | null {
  const words = (shared.title ?? '').trim() || (shared.text ?? '').replace(ADDRESS, '').trim();
  if (words !== '') return words.slice(0, MAX_WORDS_LENGTH);
  const address = sharedAddress(shared);
  return address === null ? null : wordsOfAddress(new URL(address));
}

/** The longest part of the path that reads like words, e.g. `/p/corvid-kettle-1-7-l-8231.html`. */
function wordsOfAddress({ pathname }: URL): string | null {
  const candidates = pathname
    .split('/')
    .map((part) => decode(part).replace(FILE_ENDING, ''))
    .filter((part) => /\p{L}{2}/u.test(part) && !NOT_A_NAME.test(part))
    .map((part) => part.replaceAll(/[-_+.]+/g, ' ').trim());
  return candidates.sort((a, b) => b.length - a.length)[0]?.slice(0, MAX_WORDS_LENGTH) ?? null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
