import { unit } from '../random.ts';

/** How much talked about a model is, 0…1: shoppers meet it more often, and shops list it further up. */
export const modelAppeal = (modelKey: string): number => unit(`appeal/${modelKey}`);
