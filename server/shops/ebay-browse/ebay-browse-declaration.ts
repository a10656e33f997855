import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

const MARKETPLACE = 'expected a marketplace such as "EBAY_DE"';
const VARIABLE = 'expected the name of an environment variable that begins with EBAY_, such as "EBAY_CLIENT_ID"';
const API = 'expected an https address, such as "https://api.ebay.com"';
const SHIP_TO = 'expected an ISO 3166 country code in capitals, such as "DE"';
const CONDITIONS = 'expected a list of "NEW", "USED" or both';

/** Names, never values; and none but eBay's own, so that a declaration can send no other secret anywhere. */
const variable = z.string({ error: VARIABLE }).regex(/^EBAY_[A-Z0-9_]{1,60}$/, { error: VARIABLE });

/** An eBay marketplace, asked through its Browse API with the operator's own developer keys. */
export const ebayBrowseDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('ebay-browse'),
  marketplace: z.string({ error: MARKETPLACE }).regex(/^EBAY_[A-Z_]{2,12}$/, { error: MARKETPLACE }),
  client_id_env: variable.default('EBAY_CLIENT_ID'),
  client_secret_env: variable.default('EBAY_CLIENT_SECRET'),
  /** `https://api.sandbox.ebay.com` for keys of the sandbox. */
  api: z.string({ error: API }).refine(isSecure, { error: API }).default('https://api.ebay.com'),
  /** Only such goods; all, without it. */
  conditions: z
    .array(z.enum(['NEW', 'USED']), { error: CONDITIONS })
    .min(1, { error: CONDITIONS })
    .optional(),
  /** Only what is sent there, with what that costs. */
  ship_to: z
    .string({ error: SHIP_TO })
    .regex(/^[A-Z]{2}$/, { error: SHIP_TO })
    .optional(),
});
export type EbayBrowseDeclaration = z.infer<typeof ebayBrowseDeclarationSchema>;

/** The keys are sent there: over https, or within this machine. */
function isSecure(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
}
