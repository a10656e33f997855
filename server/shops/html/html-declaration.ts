import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

const SEARCH = 'expected the path of the shop\'s search with {query} for the words, such as "/search?q={query}"';

/** A shop that is read from its pages. Selectors are optional: without them the generic extractor reads the pages. */
export const htmlDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('html'),
  search: z
    .string({ error: SEARCH })
    .refine((path) => path.startsWith('/') && !path.startsWith('//') && path.includes('{query}'), { error: SEARCH }),
  selectors: z
    .strictObject({
      list: z.record(z.string(), z.unknown()).optional(),
      product: z.record(z.string(), z.unknown()).optional(),
    })
    .default({}),
});
export type HtmlDeclaration = z.infer<typeof htmlDeclarationSchema>;
