import { z } from 'zod';

/** `GET /shoppers`: whom everyone may look through the eyes of. */
export const shoppersSchema = z
  .object({
    public: z
      .object({
        count: z.int().min(1).describe('How many there are.'),
        first: z.string().meta({
          example: '1',
          description: 'First id, shorter ones before longer ones: numbered shoppers go from `first` to `last`.',
        }),
        last: z.string().meta({ example: '3000', description: 'Last id.' }),
      })
      .nullable()
      .describe('Null where no shopper is public.'),
  })
  .meta({ id: 'Shoppers', description: 'The public shoppers.' });
export type Shoppers = z.infer<typeof shoppersSchema>;
