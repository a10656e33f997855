import { z } from 'zod';

/** JSON Schema, draft 2020-12, as OpenAPI 3.1 has it. */
export interface JsonSchema {
  [keyword: string]: unknown;
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
}

const PREFIX = '#/components/schemas/';

/**
 * Zod schemas as JSON Schema, with those that have an id under `components`. Made by zod itself: the generator that comes
 * with the routes forgets which use of a component may be null and makes all of them so.
 */
export class ComponentSchemas {
  readonly #components = new Map<string, JsonSchema>();

  /** @throws Error where two different schemas have one id. */
  of(schema: z.ZodType): JsonSchema {
    const {
      $schema,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, { io: 'input', override: addDefault }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [id, definition] of Object.entries($defs)) {
      const component = withComponentRefs(definition);
      const known = this.#components.get(id);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(component)) {
        throw new Error(`two different schemas have the id ${id}`);
      }
      this.#components.set(id, component);
    }
    return withComponentRefs(json);
  }

  /** Sorted by id, so that the document changes only where a schema does. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** zod leaves defaults out of what goes in where a value is transformed on its way. */
const addDefault: NonNullable<z.core.ToJSONSchemaParams['override']> = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === 'default')
    jsonSchema.default = def.defaultValue as NonNullable<z.core.JSONSchema.BaseSchema['default']>;
};

function withComponentRefs(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', `"$ref":"${PREFIX}`));
}
