/** The path of an Allow or Disallow line: `*` is any run of characters, a final `$` the end (RFC 9309, 2.2.3). */
export interface PathPattern {
  /** Characters of the line as written: the longest pattern wins. */
  readonly length: number;
  /** @param path in canonical form, see `canonicalPath`. */
  matches(path: string): boolean;
}

export function parsePattern(text: string): PathPattern {
  const rooted = text.startsWith('/') || text.startsWith('*') ? text : `/${text}`; // `Disallow: admin` means `/admin`
  const anchored = rooted.endsWith('$');
  const parts = (anchored ? rooted.slice(0, -1) : rooted).split(/\*+/).map(canonicalPath);
  const patterns: ((path: string) => boolean)[] = [(path) => matchParts(parts, path, anchored)];
  if (anchored) {
    // A URL may hold a real `$` where the line has one.
    const literal = [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${canonicalPath('$')}`];
    patterns.push((path) => matchParts(literal, path, false));
  }
  return { length: text.length, matches: (path) => patterns.some((matches) => matches(path)) };
}

/** Finds the parts one after another, each as early as it occurs: linear, where a regular expression could explode. */
function matchParts(parts: readonly string[], path: string, anchored: boolean): boolean {
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  if (rest.length === 0) return !anchored || path.length === first.length;
  const last = rest.pop() ?? '';
  let position = first.length;
  for (const part of rest) {
    const index = path.indexOf(part, position);
    if (index === -1) return false;
    position = index + part.length;
  }
  if (anchored) return path.length - last.length >= position && path.endsWith(last);
  return path.indexOf(last, position) !== -1;
}

const UNRESERVED = /^[A-Za-z0-9\-._~]$/;

/**
 * One spelling for paths that mean the same (RFC 9309, 2.2.2): letters, digits and `-._~` plain, everything else
 * percent-encoded as UTF-8 with capital digits. `/` and `?` stay as they are: `/a%2Fb` is one segment, `/a/b` two.
 */
export function canonicalPath(path: string): string {
  return path.replace(/%[0-9a-f]{2}|./gisu, (token) => {
    if (token.length === 3 && token.startsWith('%')) {
      const char = String.fromCharCode(Number.parseInt(token.slice(1), 16));
      return UNRESERVED.test(char) ? char : token.toUpperCase();
    }
    if (UNRESERVED.test(token) || token === '/' || token === '?') return token;
    return encodeOctets(token);
  });
}

function encodeOctets(char: string): string {
  let encoded = '';
  for (const octet of Buffer.from(char, 'utf8')) encoded += `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  return encoded;
}
