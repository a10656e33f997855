import { expect, test } from 'vitest';
import { recommendationsSchema } from '../../shared/api/recommendations.ts';
import { toWireRecommendations } from './recommendations-wire.ts';

const kettle = {
  ...{ id: 'kettle', title: 'Kettle', category: 'Kitchen', image: '/k.svg', source: 'test' },
  ...{ brand: null, description: null, gtin: null, mpn: null, listPrice: { minor: 1999, currency: 'EUR' } },
};

test('recommendations have the names and the places of the API, and shares of three decimals', () => {
  const wire = toWireRecommendations(
    {
      userId: '7',
      modelVersion: 'v1',
      fallback: null,
      items: [
        {
          ...{ itemId: 'kettle', title: 'Kettle', product: kettle, score: 0.9 },
          reasons: [{ kind: 'because_of', itemId: 'tea', title: 'Tea', event: 'purchase', share: 0.123456 }],
        },
        { itemId: 'gone', title: 'gone', product: null, score: 0.5, reasons: [{ kind: 'popular' }] },
      ],
    },
    (image) => image && `/our-own${image}`,
  );
  expect(wire).toEqual({
    user_id: '7',
    model_version: 'v1',
    fallback: null,
    items: [
      {
        item_id: 'kettle',
        title: 'Kettle',
        image: '/our-own/k.svg',
        category: 'Kitchen',
        price: { amount: '19.99', currency: 'EUR' },
        score: 0.9,
        reasons: [{ kind: 'because_of', item_id: 'tea', title: 'Tea', event: 'purchase', share: 0.123 }],
      },
      {
        ...{ item_id: 'gone', title: 'gone', image: null, category: null, price: null, score: 0.5 },
        reasons: [{ kind: 'popular' }],
      },
    ],
  });
  expect(recommendationsSchema.parse(wire)).toEqual(wire);
});
