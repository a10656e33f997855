import type { Element } from 'domhandler';

/** Prefixes that need no declaration (W3C, "RDFa Core Initial Context"). */
const INITIAL_PREFIXES: Record<string, string> = {
  as: 'https://www.w3.org/ns/activitystreams#',
  cc: 'http://creativecommons.org/ns#',
  csvw: 'http://www.w3.org/ns/csvw#',
  ctag: 'http://commontag.org/ns#',
  dc: 'http://purl.org/dc/terms/',
  dc11: 'http://purl.org/dc/elements/1.1/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  gr: 'http://purl.org/goodrelations/v1#',
  grddl: 'http://www.w3.org/2003/g/data-view#',
  ical: 'http://www.w3.org/2002/12/cal/icaltzd#',
  ma: 'http://www.w3.org/ns/ma-ont#',
  og: 'http://ogp.me/ns#',
  org: 'http://www.w3.org/ns/org#',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  qb: 'http://purl.org/linked-data/cube#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfa: 'http://www.w3.org/ns/rdfa#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  rev: 'http://purl.org/stuff/rev#',
  rif: 'http://www.w3.org/2007/rif#',
  rr: 'http://www.w3.org/ns/r2rml#',
  schema: 'http://schema.org/',
  sd: 'http://www.w3.org/ns/sparql-service-description#',
  sioc: 'http://rdfs.org/sioc/ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  skosxl: 'http://www.w3.org/2008/05/skos-xl#',
  v: 'http://rdf.data-vocabulary.org/#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  void: 'http://rdfs.org/ns/void#',
  wdr: 'http://www.w3.org/2007/05/powder#',
  wdrs: 'http://www.w3.org/2007/05/powder-s#',
  xhv: 'http://www.w3.org/1999/xhtml/vocab#',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};
const INITIAL_TERMS: Record<string, string> = {
  describedby: 'http://www.w3.org/2007/05/powder-s#describedby',
  license: 'http://www.w3.org/1999/xhtml/vocab#license',
  role: 'http://www.w3.org/1999/xhtml/vocab#role',
};
/** Link types that XHTML+RDFa 1.0 reads as terms of its own vocabulary. */
const XHTML_LINK_TYPES =
  'alternate appendix bookmark cite chapter contents copyright first glossary help icon index last license meta next p3pv1 prev role section stylesheet subsection start top up';
const XHTML_TERMS: Record<string, string> = {
  ...INITIAL_TERMS,
  ...Object.fromEntries(
    XHTML_LINK_TYPES.split(' ').map((term) => [term, `http://www.w3.org/1999/xhtml/vocab#${term}`]),
  ),
};

/** How names are resolved at one place of a document (RDFa Core 1.1, section 7.4). */
export class RdfaNames {
  readonly base: string;
  readonly vocabulary: string | null;
  /** `xmlns` attributes in force, for XML literals. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly #prefixes: ReadonlyMap<string, string>;
  readonly #terms: Record<string, string>;

  constructor(
    base: string,
    version: '1.0' | '1.1',
    vocabulary: string | null = null,
    prefixes: ReadonlyMap<string, string> = new Map(Object.entries(INITIAL_PREFIXES)),
    terms: Record<string, string> = version === '1.0' ? XHTML_TERMS : INITIAL_TERMS,
    namespaces: ReadonlyMap<string, string> = new Map(),
  ) {
    this.base = base;
    this.vocabulary = vocabulary;
    this.#prefixes = prefixes;
    this.#terms = terms;
    this.namespaces = namespaces;
  }

  /** The names in force inside an element, by its `vocab`, `prefix` and `xmlns:` attributes. */
  within({ attribs }: Element): RdfaNames {
    let { vocabulary } = this;
    let prefixes = this.#prefixes;
    if (attribs.vocab !== undefined) vocabulary = attribs.vocab.trim() === '' ? null : this.iri(attribs.vocab);
    const declared: [string, string][] = [];
    let { namespaces } = this;
    for (const name in attribs) {
      if (!name.startsWith('xmlns')) continue;
      const iri = attribs[name] ?? '';
      namespaces = new Map([...namespaces, [name, iri]]);
      if (name.startsWith('xmlns:')) declared.push([name.slice(6).toLowerCase(), iri]);
    }
    for (const [, prefix, iri] of attribs.prefix?.matchAll(/(\S+):\s+(\S+)/g) ?? []) {
      if (prefix !== undefined && iri !== undefined && prefix !== '_') declared.push([prefix.toLowerCase(), iri]);
    }
    if (declared.length > 0) prefixes = new Map([...prefixes, ...declared]);
    if (vocabulary === this.vocabulary && prefixes === this.#prefixes && namespaces === this.namespaces) return this;
    return new RdfaNames(this.base, '1.1', vocabulary, prefixes, this.#terms, namespaces);
  }

  /** An address against the document's base. */
  iri(reference: string): string {
    return URL.parse(reference.trim(), this.base)?.href ?? reference.trim();
  }

  /** `[curie]`, a CURIE or an address: `about` and `resource`. Null for an empty safe CURIE. */
  resource(value: string): string | null {
    const trimmed = value.trim();
    const safe = /^\[(.*)\]$/.exec(trimmed);
    if (safe) return this.#curie(safe[1] ?? '');
    return this.#curie(trimmed) ?? this.iri(trimmed);
  }

  /** Every name in a list of terms, CURIEs and absolute addresses; unknown terms are left out. */
  names(list: string | undefined, fallbackTerms = true): string[] {
    const names: string[] = [];
    for (const name of list?.split(/\s+/) ?? []) {
      const resolved = name === '' ? null : this.#name(name, fallbackTerms);
      if (resolved !== null) names.push(resolved);
    }
    return names;
  }

  #name(name: string, fallbackTerms: boolean): string | null {
    if (name.includes(':')) return this.#curie(name) ?? name;
    if (!fallbackTerms) return null;
    if (this.vocabulary !== null) return this.vocabulary + name;
    const term = name.toLowerCase();
    return Object.hasOwn(this.#terms, term) ? (this.#terms[term] ?? null) : null;
  }

  #curie(curie: string): string | null {
    const colon = curie.indexOf(':');
    if (colon < 0 || curie.startsWith('//', colon + 1)) return null;
    const prefix = curie.slice(0, colon).toLowerCase();
    const reference = curie.slice(colon + 1);
    if (prefix === '_') return `_:${reference === '' ? 'empty' : reference}`;
    if (prefix === '') return `http://www.w3.org/1999/xhtml/vocab#${reference}`;
    const namespace = this.#prefixes.get(prefix);
    return namespace === undefined ? null : namespace + reference;
  }
}
