import type { Element } from 'domhandler';
import type { Extractor } from '../extractor.ts';
import { AROUND } from '../visible/surroundings.ts';
import { type MicrodataItem, readMicrodata } from './microdata.ts';
import { voteOnSchemaObjects } from './schema-org/product-votes.ts';
import { schemaContext } from './schema-org/schema-context.ts';
import { addValues, localName, type SchemaObject } from './schema-org/schema-object.ts';

/** schema.org in microdata attributes (`itemscope`, `itemprop`). */
export const microdata: Extractor = {
  name: 'microdata',
  vote(page) {
    if (!page.outline.usesMicrodata) return [];
    const isOwn = (element: Element): boolean => (page.layout.surroundings.of(element) & AROUND.elsewhere) === 0;
    const items = readMicrodata(page.document, page.baseUrl || null, isOwn);
    return voteOnSchemaObjects(items.map(schemaObject), schemaContext(page, 0.9));
  },
};

function schemaObject(item: MicrodataItem): SchemaObject {
  const object: SchemaObject = {
    types: (item.type ?? []).map(localName),
    id: item.id ?? null,
    properties: new Map(),
  };
  if (item.value) object.properties.set('value', [item.value]);
  for (const [name, values] of Object.entries(item.properties)) {
    addValues(
      object,
      localName(name),
      values.map((value) => (typeof value === 'string' ? value : schemaObject(value))),
    );
  }
  return object;
}
