import { type CheerioAPI, load } from 'cheerio/slim';
import type { Element } from 'domhandler';
import { parseHtml } from '../../../shared/prices/page/parse-html.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/prices/page/scripts/lenient-json.ts';
import { readJsonLd } from '../../../shared/prices/page/structured/json-ld.ts';

/** Stands in a found address where the words go. */
const QUERY = '{query}';

/** What search boxes call their words, in the order in which a name speaks for a search of the shop. */
const SEARCH_NAMES =
  /^(?:q|query|search(?:_?(?:query|term|text|word)s?)?|s|keywords?|kw|suche?|suchbegriff|recherche|busca|text|term|w)$/i;

/** What search boxes say of themselves to people, and what their addresses are called. */
const SEARCH_WORDS =
  /search|find\b|such|finden|recherche|chercher|busca|buscar|pesquis|procurar|cerca|zoek|sök|søk|søg|hak[eu]|szukaj|hledat|hľadať|keres|căut|поиск|искать|пошук|αναζήτηση|ara\b|検索|さがす|搜索|搜尋|검색/i;

/**
 * The path of a shop's search, with `{query}` for the words: as the page declares it to search engines (schema.org
 * SearchAction), else the form of its search box. Null where it shows neither.
 * @param url of the page
 */
export function findSearch(html: string, url: string): string | null {
  return declaredSearch(html, url) ?? searchForm(html, url);
}

/** Google, "Sitelinks search box": `"target": "https://shop.example/search?q={search_term_string}"`. */
function declaredSearch(html: string, url: string): string | null {
  for (const object of readJsonLd(html)) {
    for (const action of actionsOf(object)) {
      const target = action['target'] ?? null;
      const template = isJsonObject(target) ? target['urlTemplate'] : target;
      if (typeof template !== 'string') continue;
      const path = pathOf(template.replace(/\{search_term_string\}|\{[^}]*\}/, QUERY), url);
      if (path !== null) return path;
    }
  }
  return null;
}

function actionsOf(object: JsonObject): JsonObject[] {
  const members = [object, ...listOf(object['@graph'])].filter(isJsonObject);
  return members
    .flatMap((member) => listOf(member['potentialAction']))
    .filter(isJsonObject)
    .filter((action) => listOf(action['@type']).includes('SearchAction'));
}

function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function searchForm(html: string, url: string): string | null {
  const $ = load(parseHtml(html));
  for (const form of $('form').toArray()) {
    if (($(form).attr('method') ?? 'get').toLowerCase() !== 'get') continue;
    const words = searchBox($, form);
    if (words === null) continue;
    const action = URL.parse($(form).attr('action') ?? '', url);
    if (action === null) continue;
    for (const field of $(form).find('input[type=hidden][name]').toArray()) {
      action.searchParams.set($(field).attr('name') ?? '', $(field).attr('value') ?? '');
    }
    action.searchParams.delete(words);
    const separator = action.search === '' ? '?' : '&';
    const path = pathOf(`${action.href.replace(/#.*$/, '')}${separator}${encodeURIComponent(words)}=${QUERY}`, url);
    if (path !== null) return path;
  }
  return null;
}

/** Name of the form's search box; null where it has none. */
function searchBox($: CheerioAPI, form: Element): string | null {
  const boxes = $(form)
    .find('input[name]')
    .not('[type=hidden],[type=submit],[type=checkbox],[type=radio],[type=email]');
  const isSearch = $(form).attr('role') === 'search';
  for (const box of boxes.toArray()) {
    const name = $(box).attr('name') ?? '';
    if (isSearch || $(box).attr('type') === 'search' || SEARCH_NAMES.test(name)) return name;
  }
  // A form of one box that says to people what it is for; a newsletter's has one too, and says something else.
  const [only, ...others] = boxes.toArray();
  if (only === undefined || others.length > 0) return null;
  const said = ['placeholder', 'title', 'aria-label'].map((attribute) => $(only).attr(attribute) ?? '');
  const shown = [
    ...said,
    $(form).text(),
    $(form).attr('action') ?? '',
    $(form).find('[type=submit]').attr('value') ?? '',
  ];
  return SEARCH_WORDS.test(shown.join(' ')) ? ($(only).attr('name') ?? null) : null;
}

/** Path and query of an address on the same host; null where it is elsewhere or has no place for the words. */
function pathOf(template: string, url: string): string | null {
  const target = URL.parse(template, url);
  if (target === null || target.host !== new URL(url).host) return null;
  const path = `${target.pathname}${target.search}`.replaceAll(encodeURIComponent(QUERY), QUERY);
  return path.includes(QUERY) ? path : null;
}
