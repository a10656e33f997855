import { collapse, lineText } from '../../dom.ts';
import { parseHtml } from '../../parse-html.ts';
import type { SchemaObject, SchemaValue } from './schema-object.ts';

/** Values of the first of these properties that has any. */
export function valuesOf(object: SchemaObject, ...names: string[]): readonly SchemaValue[] {
  for (const name of names) {
    const values = object.properties.get(name);
    if (values && values.length > 0) return values;
  }
  return [];
}

export function objectsOf(object: SchemaObject, ...names: string[]): SchemaObject[] {
  return valuesOf(object, ...names).filter((value): value is SchemaObject => typeof value === 'object');
}

/** What templates leave when they were not filled: `$brand`, `{{ sku }}`, `undefined`. */
const PLACEHOLDER = /^(?:\$\w+|[#$%]?\{\{?[^}]*\}?\}|%\w+%|undefined|null|nan|n\/a)$/i;

/** The first value of these properties as plain text: of a thing its name, its value or its address. */
export function textOf(object: SchemaObject, ...names: string[]): string | null {
  for (const name of names) {
    for (const value of object.properties.get(name) ?? []) {
      const text = typeof value === 'object' ? nameOf(value) : String(value);
      const plain = text === null ? '' : plainText(text);
      if (plain !== '' && !PLACEHOLDER.test(plain)) return plain;
    }
  }
  return null;
}

function nameOf(thing: SchemaObject): string | null {
  const name = [...valuesOf(thing, 'name', '@value', 'value')].find((value) => typeof value !== 'object');
  return name === undefined ? thing.id : String(name);
}

/** Text without the markup and the entities that templates leave in structured data. */
export function plainText(text: string): string {
  return /[&<]/.test(text) ? lineText(parseHtml(text)) : collapse(text);
}

/** The address of a thing's first picture as written; null when it has none. */
export function imageAddress(thing: SchemaObject): string | null {
  for (const value of valuesOf(thing, 'image', 'photo')) {
    const address = typeof value === 'object' ? (textOf(value, 'contentUrl', 'url') ?? value.id) : String(value).trim();
    if (address) return address;
  }
  return null;
}
