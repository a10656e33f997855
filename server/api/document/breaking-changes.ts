import type { JsonSchema } from './component-schemas.ts';
import { type ApiDocument, answerOf } from './document.ts';

/** What of a document matters here: one that an older version made has no more. */
export type ComparedDocument = Pick<ApiDocument, 'paths' | 'components'>;

/**
 * What a client made for the older document may meet in the newer one that it was not promised, one sentence each:
 * operations, answers and fields that are gone or may be null, new values of an enum in answers, and new demands on requests.
 */
export function breakingChanges(older: ComparedDocument, newer: ComparedDocument): string[] {
  const comparison = new DocumentComparison(older, newer);
  return Object.entries(older.paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) => comparison.operation(path, method)),
  );
}

class DocumentComparison {
  readonly #older: ComparedDocument;
  readonly #newer: ComparedDocument;

  constructor(older: ComparedDocument, newer: ComparedDocument) {
    this.#older = older;
    this.#newer = newer;
  }

  operation(path: string, method: string): string[] {
    const name = `${method.toUpperCase()} ${path}`;
    const was = this.#older.paths[path]?.[method];
    const is = this.#newer.paths[path]?.[method];
    if (was === undefined) return [];
    if (is === undefined) return [`${name} is gone`];
    return [
      ...this.#parameters(name, was.parameters ?? [], is.parameters ?? []),
      ...this.#asked(
        `${name} body`,
        was.requestBody?.content['application/json']?.schema,
        is.requestBody?.content['application/json']?.schema,
      ),
      ...Object.entries(was.responses).flatMap(([status, promised]) => {
        if (status >= '400') return [];
        const { content = {} } = answerOf(this.#older, promised);
        const declared = is.responses[status];
        const answer = declared && answerOf(this.#newer, declared);
        if (answer === undefined) return [`${name} no longer answers ${status}`];
        return Object.entries(content).flatMap(([type, { schema }]) => {
          const now = answer.content?.[type];
          if (now === undefined) return [`${name} no longer answers ${status} as ${type}`];
          return this.#answered(`${name} ${status}`, schema, now.schema);
        });
      }),
    ];
  }

  #parameters(
    name: string,
    was: readonly { name: string; required: boolean; schema: JsonSchema }[],
    is: readonly { name: string; required: boolean; schema: JsonSchema }[],
  ): string[] {
    const older = new Map(was.map((parameter) => [parameter.name, parameter]));
    const newer = new Map(is.map((parameter) => [parameter.name, parameter]));
    return [
      ...was.filter((parameter) => !newer.has(parameter.name)).map((gone) => `${name} no longer takes ${gone.name}`),
      ...is.flatMap((parameter) => {
        const before = older.get(parameter.name);
        if (before === undefined) return parameter.required ? [`${name} needs the new ${parameter.name}`] : [];
        const needed = parameter.required && !before.required ? [`${name} needs ${parameter.name} now`] : [];
        return [...needed, ...this.#asked(`${name} ${parameter.name}`, before.schema, parameter.schema)];
      }),
    ];
  }

  /** What is asked of a request may only become less. */
  #asked(name: string, was: JsonSchema | undefined, is: JsonSchema | undefined): string[] {
    const before = plain(was, this.#older);
    const now = plain(is, this.#newer);
    const lost = before.enum === undefined ? [] : missing(before.enum, now.enum ?? before.enum);
    const boundOf = (schema: JsonSchema, name: string) => Number(schema[name] ?? Number.MAX_SAFE_INTEGER);
    const bounds = ['maximum', 'maxLength', 'maxItems'].filter((bound) => boundOf(now, bound) < boundOf(before, bound));
    const demanded = missing(now.required ?? [], before.required ?? []);
    const narrowed = before.enum === undefined && now.enum !== undefined;
    return [
      ...lost.map((value) => `${name} no longer takes ${String(value)}`),
      ...bounds.map((bound) => `${name} has a lower ${bound}`),
      ...demanded.map((field) => `${name} needs ${String(field)}`),
      ...(narrowed ? [`${name} takes some values alone`] : []),
      ...Object.entries(before.properties ?? {}).flatMap(([field, schema]) =>
        now.properties?.[field] === undefined ? [] : this.#asked(`${name} ${field}`, schema, now.properties[field]),
      ),
    ];
  }

  /** What is promised of an answer may only become more. */
  #answered(name: string, was: JsonSchema | undefined, is: JsonSchema | undefined): string[] {
    const before = plain(was, this.#older);
    const now = plain(is, this.#newer);
    if (before.type !== undefined && now.type !== undefined && String(before.type) !== String(now.type)) {
      return [`${name} is ${now.type} and no longer ${before.type}`];
    }
    const unknown = before.enum === undefined ? [] : missing(now.enum ?? before.enum, before.enum);
    return [
      ...(!before.nullable && now.nullable ? [`${name} may be null`] : []),
      ...unknown.map((value) => `${name} may be ${String(value)}`),
      ...missing(before.required ?? [], now.required ?? []).map((field) => `${name} may lack ${String(field)}`),
      ...Object.entries(before.properties ?? {}).flatMap(([field, schema]) =>
        now.properties?.[field] === undefined
          ? [`${name} has no ${field}`]
          : this.#answered(`${name} ${field}`, schema, now.properties[field]),
      ),
      ...(before.items === undefined ? [] : this.#answered(`${name}[]`, before.items, now.items)),
    ];
  }
}

function missing(values: readonly unknown[], from: readonly unknown[]): unknown[] {
  return values.filter((value) => !from.includes(value));
}

/** A schema without references, and with its null apart: `anyOf`, `oneOf` and a list of types all say the same. */
function plain(schema: JsonSchema | undefined, document: ComparedDocument): JsonSchema & { nullable: boolean } {
  if (schema === undefined) return { nullable: true };
  if (schema.$ref !== undefined)
    return plain(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''], document);
  const { type } = schema as { type?: string | string[] };
  if (Array.isArray(type)) {
    const [only] = type.filter((each) => each !== 'null');
    const values = schema.enum?.filter((value) => value !== null);
    return {
      ...schema,
      ...(only !== undefined && { type: only }),
      ...(values && { enum: values }),
      nullable: type.includes('null'),
    };
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  const others = alternatives?.filter((each) => each.type !== 'null') ?? [];
  if (alternatives !== undefined && others.length === 1 && others.length < alternatives.length) {
    return { ...plain(others[0], document), nullable: true };
  }
  const saysAnything = type !== undefined || schema.enum !== undefined || schema['const'] !== undefined;
  return { ...schema, nullable: !saysAnything && alternatives === undefined };
}
