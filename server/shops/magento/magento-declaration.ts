import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

const STORE = 'expected the code of a store view, such as "default" or "de"';
const ATTRIBUTE = 'expected the code of a product attribute, such as "ean"';

/** A Magento or Adobe Commerce shop, asked through its public GraphQL API at `{url}/graphql`. */
export const magentoDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('magento'),
  /** Which of the shop's languages and price lists to ask; the shop's own default without it. */
  store: z
    .string({ error: STORE })
    .regex(/^[a-z][a-z0-9_]{0,31}$/i, { error: STORE })
    .optional(),
  /** Where this shop keeps its GTINs: Magento has no field of its own for them. */
  gtin_attribute: z
    .string({ error: ATTRIBUTE })
    .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: ATTRIBUTE })
    .optional(),
});
export type MagentoDeclaration = z.infer<typeof magentoDeclarationSchema>;
