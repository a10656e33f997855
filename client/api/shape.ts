type Kind<T> = T extends string
  ? 'string'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'boolean'
      : T extends readonly unknown[]
        ? 'array'
        : 'object';

/** `string?` may also be null or missing. */
type KindOrNone<T> = null extends T
  ? `${Kind<NonNullable<T>>}?`
  : undefined extends T
    ? `${Kind<NonNullable<T>>}?`
    : Kind<T>;

/**
 * The outermost fields of an answer that the pages rely on. They are enough to recognise an answer of another version, or
 * of no Magpie at all, without zod (27 kB) on every phone. The server checks the whole schema; the types are inferred
 * from it.
 */
export interface Shape<T> {
  readonly fields: Readonly<Record<string, string>>;
  /** Never set: it carries the type. */
  readonly type?: T;
}

export function shape<T extends object>(fields: { readonly [K in keyof T]?: KindOrNone<T[K]> }): Shape<T> {
  return { fields: fields as Record<string, string> };
}

/** The first field of the wrong kind; null where there is none. The value itself counts as the field ``. */
export function misfit({ fields }: Shape<unknown>, value: unknown): string | null {
  if (kindOf(value) !== 'object') return '';
  const found = new Map(Object.entries(value as object));
  const wrong = Object.entries(fields).find(([name, kind]) => {
    const inField = found.get(name) ?? null;
    return inField === null ? !kind.endsWith('?') : kindOf(inField) !== kind.replace('?', '');
  });
  return wrong?.[0] ?? null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
