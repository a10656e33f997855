import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHtml } from '../parse-html.ts';
import { readJsonLd } from './json-ld.ts';
import { type MicrodataItem, type MicrodataValue, readMicrodata } from './microdata.ts';
import { readOpenGraph } from './open-graph.ts';
import { readRdfa } from './rdfa.ts';

/*
 * The readers against extruct's own tests: pairs of a page and what extruct reads from it. Compared is what is read, not
 * extruct's choices of form: lists of one are lists, blank nodes have no names, white space at the ends does not count.
 */

interface Pair {
  html: string;
  expected: string;
  syntax: string;
  base_url: string | null;
}

/** Pairs that are not passed, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  'misc/dublincore_test.json': 'Dublin Core is not read: it says nothing of offers',
  'misc/opengraph_flat_test.json': 'a second form of opengraph_test.json, which is passed',
  'schema.org/CreativeWork_flat.001.json': 'a second form of CreativeWork.001.json and .jsonld, which are passed',
  'schema.org/CreativeWork_flat_with_node_id.001.json': 'a third form of the same',
  'schema.org/SearchAction.001.json': 'the required inputs of actions are no values, and actions are no offers',
  'schema.org/product-ref.json':
    'extruct goes into a referred element that is an item itself; the HTML Standard (5.2.5) does not',
  'w3c/microdata.5.2.withtext.json':
    'the text around the properties, an option of extruct beside what the HTML Standard defines',
};

/** Addresses that extruct's tests give beside the files, where the manifest has none or another. */
const BASES: Record<string, string> = {
  'misc/Portfolio_Niels_Lubberman.json': 'http://nielslubberman.nl/drupal/',
  'w3c/microdata.object.json': 'http://www.example.com/microdata/test',
  'w3c/microdata.7.1.json': 'http://blog.example.com/progress-report',
  'w3c/microdata.7.1.flat.json': 'http://blog.example.com/progress-report',
  'schema.org/product_custom_url.json': 'http://some-example.com',
  'schema.org/product_custom_url_and_node_id.json': 'http://some-example.com',
  'songkick/tovestyrke.json': 'https://www.songkick.com/concerts/30166884-tove-styrke-at-hoxton-square-bar-and-kitchen',
};

const dataDir = process.env.MAGPIE_DATA;
const folder = join(dataDir ?? '', 'extraction', 'structured-data');
const pairs: Pair[] = dataDir
  ? readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Pair)
  : [];
const nameOf = ({ expected }: Pair): string => expected.replace('samples/', '');

describe.skipIf(!dataDir)('structured data of extruct (skipped where MAGPIE_DATA names no data folder)', () => {
  it('makes no exception for a pair that is not there', () => {
    const names = pairs.map(nameOf);
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(pairs.filter((pair) => !(nameOf(pair) in EXCEPTIONS)))('$syntax of $expected', (pair) => {
    const html = readFileSync(join(folder, pair.html), 'utf8');
    const expected: unknown = JSON.parse(readFileSync(join(folder, pair.expected), 'utf8'));
    const base = BASES[nameOf(pair)] ?? pair.base_url;
    if (pair.syntax === 'all') {
      const all = expected as Record<string, unknown>;
      for (const syntax of ['json-ld', 'microdata', 'opengraph', 'rdfa']) {
        // extruct reads this HTML page as XHTML, where `lang` alone gives its texts no language.
        expect(comparable(withoutLanguages(read(syntax, html, base))), syntax).toEqual(comparable(all[syntax]));
      }
      return;
    }
    const items = isObject(expected) && 'items' in expected ? expected.items : expected;
    const found = read(pair.syntax, html, base);
    const form = nameOf(pair).endsWith('.flat.json') ? flattened(found as MicrodataItem[]) : found;
    expect(comparable(form)).toEqual(comparable([items].flat(2)));
  });
});

function read(syntax: string, html: string, base: string | null): unknown[] {
  switch (syntax) {
    case 'json-ld':
      return readJsonLd(html);
    case 'microdata':
      return readMicrodata(parseHtml(html), base);
    case 'opengraph':
      return [readOpenGraph(parseHtml(html))].filter((graph) => graph !== null);
    case 'rdfa':
      return readRdfa(parseHtml(html), base ?? '');
    default:
      throw new Error(`no reader for ${syntax}`);
  }
}

/** extruct's flat form: nested items stand beside the others and are referred to by number. */
function flattened(items: readonly MicrodataItem[]): unknown[] {
  const flat: unknown[] = [];
  const number = (item: MicrodataItem): number => {
    const iid = flat.push(null);
    const refer = (value: MicrodataValue): unknown => (typeof value === 'string' ? value : { iid_ref: number(value) });
    const properties = Object.fromEntries(
      Object.entries(item.properties).map(([name, values]): [string, unknown] => [name, values.map(refer)]),
    );
    flat[iid - 1] = { iid, ...(item.type ? { type: item.type } : {}), properties };
    return iid;
  };
  items.forEach(number);
  return flat;
}

/** Without what is a choice of form: see above. RDFa's subjects have no order. */
function comparable(value: unknown): unknown {
  const plain = normalised(value, '');
  if (!Array.isArray(plain) || !plain.some((node) => isObject(node) && '@id' in node)) return plain;
  return plain.map((node) => JSON.stringify(unordered(node))).sort();
}

function withoutLanguages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLanguages);
  if (!isObject(value)) return value;
  const { '@language': _, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, withoutLanguages(inner)]));
}

/** A subject's values of one property are a set. */
function unordered(node: unknown): unknown {
  if (!isObject(node)) return node;
  const sorted = (values: unknown): unknown =>
    Array.isArray(values) ? values.map((value) => JSON.stringify(value)).sort() : values;
  return Object.fromEntries(Object.entries(node).map(([name, values]) => [name, sorted(values)]));
}

function normalised(value: unknown, key: string): unknown {
  if (typeof value === 'string') return value.startsWith('_:') ? '_:' : value.trim();
  if (Array.isArray(value)) return value.map((member) => normalised(member, key));
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .filter(
      ([name, inner]) =>
        name !== '_nodeId_' && !(name === 'properties' && isObject(inner) && Object.keys(inner).length === 0),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]): [string, unknown] => {
      const plain = normalised(inner, name);
      return [name, key === 'properties' || name === 'type' ? [plain].flat() : plain];
    });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
