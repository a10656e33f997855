import { z } from 'zod';
import { declarationFields } from '../declaration-fields.ts';

const FEED = 'expected the address of the feed, or its path in the shop, such as "/feeds/google.xml"';
const SHIP_TO = 'expected an ISO 3166 country code in capitals, such as "DE"';
const REFRESH = 'expected a whole number of minutes from 5 to 1440';

/** A shop that publishes its goods as a Google merchant feed: XML (RSS, Atom) or tab-separated, gzipped or not. */
export const feedDeclarationSchema = z.strictObject({
  ...declarationFields,
  adapter: z.literal('feed'),
  feed: z.string({ error: FEED }).refine(isFeedAddress, { error: FEED }),
  /** Whose shipping costs count, where the feed tells them by country. */
  ship_to: z
    .string({ error: SHIP_TO })
    .regex(/^[A-Z]{2}$/, { error: SHIP_TO })
    .optional(),
  /** The feed is asked whether it has changed when it was last seen so long ago. */
  refresh_minutes: z.int({ error: REFRESH }).min(5, { error: REFRESH }).max(1440, { error: REFRESH }).default(60),
});
export type FeedDeclaration = z.infer<typeof feedDeclarationSchema>;

function isFeedAddress(text: string): boolean {
  if (text.startsWith('/')) return !text.startsWith('//');
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
