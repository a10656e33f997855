import { z } from 'zod';
import { selectorDeclarationSchema } from '../../../shared/prices/page/selectors/selector-declaration.ts';
import { declarationFields } from '../declaration-fields.ts';

const SEARCH = 'expected the path of the shop\'s search with {query} for the words, such as "/search?q={query}"';

/** A shop that is read from its pages. Selectors are optional: without them the generic extractor reads the pages. */
export const htmlDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('html'),
  search: z
    .string({ error: SEARCH })
    .refine((path) => path.startsWith('/') && !path.startsWith('//') && path.includes('{query}'), { error: SEARCH }),
  selectors: selectorDeclarationSchema.default({}),
  /** Its pages are built by scripts: run them in Chromium before reading. */
  render: z.boolean({ error: 'expected true or false' }).default(false),
});
export type HtmlDeclaration = z.infer<typeof htmlDeclarationSchema>;
