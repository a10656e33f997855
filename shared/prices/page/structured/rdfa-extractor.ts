import type { Extractor } from '../extractor.ts';
import { type ExpandedNode, type ExpandedValue, readRdfa } from './rdfa.ts';
import { voteOnSchemaObjects } from './schema-org/product-votes.ts';
import { schemaContext } from './schema-org/schema-context.ts';
import { addValues, localName, type SchemaObject, type SchemaValue } from './schema-org/schema-object.ts';

/** schema.org in RDFa attributes (`vocab`, `typeof`, `property`). */
export const rdfa: Extractor = {
  name: 'rdfa',
  vote(page) {
    if (!page.outline.usesRdfa) return [];
    const nodes = readRdfa(page.document, page.baseUrl);
    return voteOnSchemaObjects(schemaObjects(nodes), schemaContext(page, 0.85));
  },
};

/** The described things; those that others refer to stand inside these. */
function schemaObjects(nodes: readonly ExpandedNode[]): SchemaObject[] {
  const byId = new Map<string, SchemaObject>(
    nodes.map((node) => [
      node['@id'],
      {
        types: (node['@type'] ?? []).map(localName),
        id: node['@id'].startsWith('_:') ? null : node['@id'],
        properties: new Map(),
      },
    ]),
  );
  const referred = new Set<SchemaObject>();
  const convert = (value: ExpandedValue): SchemaValue[] => {
    if ('@list' in value) return value['@list'].flatMap(convert);
    if ('@value' in value) return [value['@value']];
    const target = byId.get(value['@id']);
    if (!target) return [value['@id']];
    referred.add(target);
    return [target];
  };
  for (const node of nodes) {
    const object = byId.get(node['@id'])!;
    for (const [name, values] of Object.entries(node)) {
      if (name.startsWith('@') || !Array.isArray(values)) continue;
      addValues(object, localName(name), (values as ExpandedValue[]).flatMap(convert));
    }
  }
  const roots = [...byId.values()].filter((object) => !referred.has(object));
  return roots.length > 0 ? roots : [...byId.values()];
}
