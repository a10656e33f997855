import type { z } from 'zod';
import type { ShopAdapter } from './shop-adapter.ts';

type AdapterSchema = z.ZodObject<z.ZodRawShape & { adapter: z.ZodLiteral<string> }>;

/** A kind of shop: how it is declared, and how a declared one is opened. */
export interface AdapterKind<S extends AdapterSchema> {
  /** As declarations name it. */
  readonly name: string;
  readonly schema: S;
  /** @throws ZodError for a declaration that is not of this kind */
  open(declaration: unknown): Promise<ShopAdapter>;
}

/** @param open loads the adapter's code, by dynamic import, when a shop first needs it */
export function defineAdapter<S extends AdapterSchema>(
  schema: S,
  open: (declaration: z.infer<S>) => Promise<ShopAdapter>,
): AdapterKind<S> {
  return {
    name: schema.shape.adapter.value,
    schema,
    open: async (declaration) => open(schema.parse(declaration)),
  };
}
