import { z } from 'zod';

/** `GET /shoppers`: whom everyone may look through the eyes of. */
export const shoppersSchema = z
  .object({
    /** Null where no shopper is public. */
    public: z
      .object({
        count: z.int().min(1),
        /** Ids, shorter ones before longer ones: those of numbered shoppers go from `first` to `last`. */
        first: z.string().meta({ example: '1' }),
        last: z.string().meta({ example: '3000' }),
      })
      .nullable(),
  })
  .meta({ id: 'Shoppers' });
export type Shoppers = z.infer<typeof shoppersSchema>;
