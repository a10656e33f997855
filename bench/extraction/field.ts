import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Accepted answers; a list means any of them, null that no answer is right too. */
export type Accepted = string | null | readonly (string | null)[];

/** A saved product page of `extraction/field/pages`, with what a person read on it; fields that could not be told are absent. */
export interface FieldPage {
  id: string;
  shop: string;
  html: string;
  truth: Partial<Record<'price' | 'currency' | 'availability' | 'brand' | 'title' | 'sku' | 'gtin', Accepted>>;
}

/** A saved list page of `extraction/field/lists`, with the offers that it shows. */
export interface FieldList {
  id: string;
  shop: string;
  html: string;
  currency: string;
  items: { title: string; price: string; url?: string }[];
}

/** A reduced page or price text of `extraction/field/cases.jsonl`. */
export interface FieldCase {
  id: string;
  kind: string;
  html?: string;
  url?: string;
  input?: { price: string; currency?: string };
  expected: Record<string, Accepted>;
  /** The offers of a list page. */
  items?: { title: string; price: string; currency: string }[];
}

export function loadFieldPages(dataDir: string): FieldPage[] {
  return rowsOf<FieldPage['truth'] & { file: string; shop: string }>(dataDir, 'truth.jsonl').map(
    ({ file, shop, ...truth }) => ({ id: idOf(file), shop, html: pageOf(dataDir, file), truth }),
  );
}

export function loadFieldLists(dataDir: string): FieldList[] {
  return rowsOf<Omit<FieldList, 'id' | 'html'> & { file: string }>(dataDir, 'lists-truth.jsonl').map(
    ({ file, ...list }) => ({ ...list, id: idOf(file), html: pageOf(dataDir, file) }),
  );
}

export function loadFieldCases(dataDir: string): FieldCase[] {
  return rowsOf<FieldCase & { expected: { items?: FieldCase['items'] } }>(dataDir, 'cases.jsonl').map(
    ({ expected: { items, ...expected }, ...given }) => ({ ...given, expected, ...(items && { items }) }),
  );
}

function rowsOf<Row>(dataDir: string, name: string): Row[] {
  return readFileSync(join(dataDir, 'extraction', 'field', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

function pageOf(dataDir: string, file: string): string {
  return gunzipSync(readFileSync(join(dataDir, 'extraction', 'field', file))).toString('utf8');
}

function idOf(file: string): string {
  return file.replace(/^.*\/|\.html\.gz$/g, '');
}
