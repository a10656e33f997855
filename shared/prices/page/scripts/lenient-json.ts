/**
 * JSON as the web writes it: comments, control characters inside strings, trailing or missing commas, single quotes,
 * bare keys, `undefined`, CDATA and comment wrappers, entities instead of quotes, several roots in one block, and blocks
 * that were cut off. Also reads the object literals of JavaScript state assignments, whose grammar is close enough.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Deeper nesting than this is cut off: no page means it, and it keeps the recursion within the stack. */
const MAX_DEPTH = 200;

/** Arguments of a call inside a JavaScript literal are skipped up to this length. */
const MAX_ARGUMENTS_LENGTH = 2_000;

/** What follows the closing quote of a string; any other quote inside a string is taken for an unescaped one. */
const AFTER_STRING = /^[\s]*(?:[,:}\]]|$|\/[/*]|<!--)/;

const WRAPPERS =
  /^\s*(?:<!--\s*)?(?:\/\/\s*|\/\*\s*)?<!\[CDATA\[(?:\s*\*\/)?|(?:\/\/|\/\*)?\s*\]\]>(?:\s*\*\/)?(?:\s*-->)?\s*$/g;

/** Every root value of a block of text that claims to hold JSON. Never throws; what is not JSON is left out. */
export function parseLenientJson(text: string): Json[] {
  const strict = parseStrict(text);
  if (strict !== undefined) return [strict];
  const unwrapped = text.replace(WRAPPERS, '');
  const unquoted = unwrapped.includes('"') ? unwrapped : decodeQuoteEntities(unwrapped);
  const roots: Json[] = [];
  let at = 0;
  while (at < unquoted.length) {
    const start = nextRoot(unquoted, at);
    if (start < 0) break;
    const root = readJsonAt(unquoted, start);
    if (!root) break;
    roots.push(root.value);
    at = root.end;
  }
  return roots;
}

/** The value that begins at `start` (at a `{` or `[`), and the index after it; null when there is none. */
export function readJsonAt(text: string, start: number): { value: Json; end: number } | null {
  const reader = new LenientReader(text, start);
  const value = reader.value(0);
  return value === undefined ? null : { value, end: reader.at };
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseStrict(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Templates that escape a whole block leave it without one plain quote. */
function decodeQuoteEntities(text: string): string {
  return text.replace(/&(?:quot|#34|#x22);/gi, '"').replace(/&amp;/gi, '&');
}

/** Index of the next `{` or `[` that is not inside a comment. */
function nextRoot(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') return at;
    const end = commentEnd(text, at);
    if (end > at) at = end - 1;
  }
  return -1;
}

/** Index after the comment at `at`, or `at` when there is none. */
function commentEnd(text: string, at: number): number {
  if (text.startsWith('//', at)) return after(text, '\n', at);
  if (text.startsWith('/*', at)) return after(text, '*/', at + 2);
  if (text.startsWith('<!--', at)) return after(text, '-->', at);
  return at;
}

function after(text: string, needle: string, from: number): number {
  const found = text.indexOf(needle, from);
  return found < 0 ? text.length : found + needle.length;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };
const BARE_WORDS: Record<string, Json> = { true: true, false: false, null: null, undefined: null, NaN: null };

class LenientReader {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  value(depth: number): Json | undefined {
    this.#skipBlanks();
    const char = this.text[this.at];
    if (char === undefined || depth > MAX_DEPTH) return undefined;
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"' || char === "'" || char === '`') return this.#string(char);
    return this.#bareWord();
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = {};
    this.at += 1;
    for (;;) {
      this.#skipBlanks(',;');
      const char = this.text[this.at];
      if (char === undefined) return object;
      if (char === '}') {
        this.at += 1;
        return object;
      }
      const key = char === '"' || char === "'" ? this.#string(char) : this.#bareKey();
      this.#skipBlanks();
      if (key === null || this.text[this.at] !== ':') {
        if (this.text[this.at] === ']' || key === null) return object;
        continue;
      }
      this.at += 1;
      const value = this.value(depth + 1);
      if (value === undefined) {
        if (this.text[this.at] !== '}' && this.text[this.at] !== ',') return object;
        continue;
      }
      if (key !== '__proto__') object[key] = value;
    }
  }

  #array(depth: number): Json[] {
    const array: Json[] = [];
    this.at += 1;
    for (;;) {
      this.#skipBlanks(',;');
      const char = this.text[this.at];
      if (char === undefined || char === '}') return array;
      if (char === ']') {
        this.at += 1;
        return array;
      }
      const value = this.value(depth + 1);
      if (value === undefined) return array;
      array.push(value);
    }
  }

  #string(quote: string): string {
    let out = '';
    let from = this.at + 1;
    for (let at = from; at < this.text.length; at += 1) {
      const char = this.text[at];
      if (char === '\\') {
        out += this.text.slice(from, at);
        const escaped = this.#readEscape(at + 1);
        out += escaped.text;
        at = escaped.end - 1;
        from = escaped.end;
      } else if (char === quote && AFTER_STRING.test(this.text.slice(at + 1, at + 80))) {
        this.at = at + 1;
        return out + this.text.slice(from, at);
      }
    }
    this.at = this.text.length;
    return out + this.text.slice(from);
  }

  #readEscape(at: number): { text: string; end: number } {
    const char = this.text[at] ?? '';
    const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
    if (digits > 0) {
      const hex = this.text.slice(at + 1, at + 1 + digits);
      if (hex.length === digits && /^[0-9a-f]+$/i.test(hex)) {
        return { text: String.fromCharCode(Number.parseInt(hex, 16)), end: at + 1 + digits };
      }
    }
    return { text: char === '\n' ? '' : (ESCAPES[char] ?? char), end: at + 1 };
  }

  #bareKey(): string | null {
    return this.#match(/[\w$.@#-]+/y);
  }

  /** A number or a word; an expression that JavaScript would compute is read as null. */
  #bareWord(): Json | undefined {
    const number = this.#match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?=[\s,;}\]/<]|$)/iy);
    if (number !== null) return Number(number);
    const minified = this.#match(/![01]/y);
    if (minified !== null) return minified === '!0';
    const word = this.#match(/[^,;}\]\n{[(]+/y);
    if (word === null) return undefined;
    const trimmed = word.trim();
    if (trimmed in BARE_WORDS) return BARE_WORDS[trimmed] ?? null;
    this.#skipArguments();
    return null;
  }

  /** Skips what follows a called name, such as `new Date(…)`. */
  #skipArguments(): void {
    if (this.text[this.at] !== '(') return;
    const limit = Math.min(this.text.length, this.at + MAX_ARGUMENTS_LENGTH);
    for (let depth = 0; this.at < limit; this.at += 1) {
      const char = this.text[this.at];
      if (char === '(') depth += 1;
      else if (char === ')') depth -= 1;
      if (depth === 0) {
        this.at += 1;
        return;
      }
    }
  }

  #match(sticky: RegExp): string | null {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.text);
    if (!match) return null;
    this.at += match[0].length;
    return match[0];
  }

  #skipBlanks(also = ''): void {
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at] as string;
      if (char <= ' ' || char === '\u00a0' || char === '\ufeff' || also.includes(char)) continue;
      const end = commentEnd(this.text, this.at);
      if (end === this.at) return;
      this.at = end - 1;
    }
  }
}
