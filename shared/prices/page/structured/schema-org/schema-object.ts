import type { Json, JsonObject } from '../../scripts/lenient-json.ts';
import { isJsonObject, parseLenientJson } from '../../scripts/lenient-json.ts';

/** A schema.org thing in the form that JSON-LD, microdata and RDFa are all brought to before they are read. */
export interface SchemaObject {
  /** Type names without their vocabulary: `Product`, `Offer`. */
  types: string[];
  id: string | null;
  /** Property values by name without its vocabulary, always lists. */
  properties: Map<string, SchemaValue[]>;
}
export type SchemaValue = string | number | boolean | SchemaObject;

const MAX_OBJECTS = 20_000;

/** JSON-LD objects with `@graph` opened and `{"@id": …}` references replaced by what they refer to. */
export function schemaObjectsOf(roots: readonly JsonObject[]): SchemaObject[] {
  const byId = new Map<string, SchemaObject>();
  let nObjects = 0;

  const convertValue = (value: Json): SchemaValue[] => {
    if (Array.isArray(value)) return value.flatMap(convertValue);
    if (value === null) return [];
    if (!isJsonObject(value)) return [value];
    if ('@value' in value) return convertValue(value['@value'] ?? null);
    nObjects += 1;
    return nObjects > MAX_OBJECTS ? [] : [convert(value)];
  };

  const convert = (source: JsonObject): SchemaObject => {
    const object: SchemaObject = { types: typesOf(source['@type'] ?? source.type), id: null, properties: new Map() };
    const id = source['@id'];
    if (typeof id === 'string') object.id = id;
    for (const [key, value] of Object.entries(source)) {
      if (!key.startsWith('@')) addValues(object, localName(key), convertValue(openedText(key, value)));
    }
    if (object.id !== null && (object.properties.size > 0 || !byId.has(object.id))) {
      const known = byId.get(object.id);
      if (!known || known.properties.size < object.properties.size) byId.set(object.id, object);
    }
    return object;
  };

  const objects = roots.flatMap((root) => {
    const graph = root['@graph'];
    const members = (Array.isArray(graph) ? graph : [graph ?? null]).filter(isJsonObject).map(convert);
    return Object.keys(root).some((key) => !key.startsWith('@')) || members.length === 0
      ? [convert(root), ...members]
      : members;
  });
  linkReferences(objects, byId);
  return objects;
}

/** Some templates encode the offers twice, so that they stand there as text. */
function openedText(key: string, value: Json): Json {
  return key === 'offers' && typeof value === 'string' && /^\s*[[{]/.test(value) ? parseLenientJson(value) : value;
}

export function addValues(object: SchemaObject, name: string, values: readonly SchemaValue[]): void {
  if (values.length === 0) return;
  const known = object.properties.get(name);
  if (known) known.push(...values);
  else object.properties.set(name, [...values]);
}

/** `http://schema.org/Product`, `schema:Product` and `Product` are the same name. */
export function localName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1).trim();
}

function typesOf(type: Json | undefined): string[] {
  if (typeof type === 'string') return [localName(type)];
  return Array.isArray(type) ? type.flatMap(typesOf) : [];
}

/** Replaces bare `{"@id": x}` values by the object that has this id and says more. */
function linkReferences(objects: readonly SchemaObject[], byId: ReadonlyMap<string, SchemaObject>): void {
  const seen = new Set<SchemaObject>();
  const open = [...objects];
  for (let object = open.pop(); object; object = open.pop()) {
    if (seen.has(object)) continue;
    seen.add(object);
    for (const values of object.properties.values()) {
      values.forEach((value, index) => {
        if (typeof value !== 'object') return;
        const target = value.id !== null && value.properties.size === 0 ? (byId.get(value.id) ?? value) : value;
        values[index] = target;
        open.push(target);
      });
    }
  }
}
