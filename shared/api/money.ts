import { z } from 'zod';

/** Money on the wire: a decimal string with the currency's own number of digits, and its ISO 4217 code. */
export const moneySchema = z
  .object({
    amount: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .meta({ example: '12.34', description: 'A decimal with the currency’s own number of digits; never a float.' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ example: 'EUR', description: 'ISO 4217 code.' }),
  })
  .meta({ id: 'Money', description: 'An amount of money.' });
