import { z } from 'zod';

/** Money on the wire: a decimal string with the currency's own number of digits, and its ISO 4217 code. */
export const moneySchema = z
  .object({
    amount: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .meta({ example: '12.34' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ example: 'EUR' }),
  })
  .meta({ id: 'Money' });
