import { type Json, parseLenientJson, readJsonAt } from './lenient-json.ts';

/** Text that is read leniently, per page: reading JavaScript literals costs much more than JSON. */
const MAX_LENIENT_LENGTH = 400_000;
const MAX_JSON_LENGTH = 3_000_000;

/** Where an object or a list of objects begins as a value: after `=`, `(`, `,` or `:`. */
const LITERAL_START = /[=(,:]\s*(?=\{\s*["']?[\w$-]+["']?\s*:|\[\s*\{)/g;
const PARSED_STRING = /JSON\.parse\(\s*(["'])/g;

/** A script of a page: its text, and whether it is declared to be JSON. */
export interface StateScript {
  text: string;
  isJson: boolean;
}

/** The data that scripts leave in a page, of those scripts that speak of the product at all. */
export function readStateValues(scripts: readonly StateScript[], mentionsProduct: (text: string) => boolean): Json[] {
  const values: Json[] = [];
  let budget = MAX_LENIENT_LENGTH;
  for (const { text, isJson } of scripts) {
    if (text.length > MAX_JSON_LENGTH || !mentionsProduct(text)) continue;
    const strict = strictValue(text, isJson);
    if (strict !== undefined) {
      values.push(strict);
      continue;
    }
    if (text.length > budget) continue;
    budget -= text.length;
    if (isJson) values.push(...parseLenientJson(text));
    else values.push(...literalsOf(text, mentionsProduct));
  }
  return values;
}

/** The common forms in full: a JSON block, or one assignment of a JSON value. */
function strictValue(text: string, isJson: boolean): Json | undefined {
  const start = isJson ? 0 : text.search(/[{[]/);
  if (start < 0) return undefined;
  const end = isJson ? text.length : Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  try {
    return JSON.parse(text.slice(start, end)) as Json;
  } catch {
    return undefined;
  }
}

function literalsOf(text: string, mentionsProduct: (text: string) => boolean): Json[] {
  const values: Json[] = [];
  for (const { index } of text.matchAll(PARSED_STRING)) {
    const quoted = readJsonAt(text, text.indexOf('(', index) + 1);
    if (quoted && typeof quoted.value === 'string') values.push(...parseLenientJson(quoted.value));
  }
  let at = 0;
  for (;;) {
    LITERAL_START.lastIndex = at;
    const match = LITERAL_START.exec(text);
    if (!match) return values;
    const start = match.index + match[0].length;
    const literal = readJsonAt(text, start);
    if (!literal) return values;
    if (mentionsProduct(text.slice(start, literal.end))) values.push(literal.value);
    at = Math.max(literal.end, start + 1);
  }
}
