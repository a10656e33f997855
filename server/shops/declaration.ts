import { z } from 'zod';
import * as adapters from './adapters.ts';

const SCHEMAS = atLeastOne(Object.values(adapters).map(({ schema }) => schema));
/** As declarations name them. */
export const ADAPTER_NAMES = SCHEMAS.map((schema) => schema.shape.adapter.value);

/** What an operator writes to make a shop known: one JSON file per shop in the data folder's `shops/`. */
export const shopDeclarationSchema = z
  .discriminatedUnion('adapter', SCHEMAS, {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? `expected one of ${ADAPTER_NAMES.map((name) => `"${name}"`).join(', ')}`
        : undefined,
  })
  .refine((shop) => shop.shipping === undefined || shop.currency !== undefined, {
    path: ['currency'],
    error: 'expected the currency of the shipping rule, such as "EUR"',
  });
export type ShopDeclaration = z.infer<typeof shopDeclarationSchema>;

/** A declaration that cannot be used. The message names the file, each path in it, and what is expected there. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
}

/**
 * Reads a shop's declaration.
 * @param file named in the error.
 * @throws DeclarationError
 */
export function parseDeclaration(text: string, file: string): ShopDeclaration {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DeclarationError(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = shopDeclarationSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new DeclarationError(`${file} cannot be used: ${parsed.error.issues.map(describe).join('; ')}`);
}

function atLeastOne<T>([first, ...others]: readonly T[]): [T, ...T[]] {
  if (first === undefined) throw new RangeError('there is no adapter');
  return [first, ...others];
}

function describe(issue: z.core.$ZodIssue): string {
  const at = z.core.toDotPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const where = at === '' ? 'a declaration' : at;
    return `${where} has no ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the forms that would do, the one that was meant is the one that was nearest.
    const nearest = issue.errors.flat().reduce((best, next) => (next.path.length > best.path.length ? next : best));
    return describe({ ...nearest, path: [...issue.path, ...nearest.path] });
  }
  return at === '' ? issue.message : `${at}: ${issue.message}`;
}
