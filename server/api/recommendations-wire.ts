import type { Recommendations as WireRecommendations } from '../../shared/api/recommendations.ts';
import { toWireMoney } from '../../shared/prices/money/money.ts';
import type { Reason, Recommendations } from '../recommendations/recommender.ts';

type WireItem = WireRecommendations['items'][number];

/**
 * The answer of `GET /recommendations`.
 * @param imagePath what stands for the picture of a product
 */
export function toWireRecommendations(
  { userId, modelVersion, fallback, items }: Recommendations,
  imagePath: (image: string | null) => string | null,
): WireRecommendations {
  return {
    user_id: userId,
    model_version: modelVersion,
    fallback,
    items: items.map(
      ({ itemId, title, product, score, reasons }): WireItem => ({
        item_id: itemId,
        title,
        image: imagePath(product?.image ?? null),
        category: product?.category ?? null,
        price: product?.listPrice ? toWireMoney(product.listPrice) : null,
        score,
        reasons: reasons.map(toWireReason),
      }),
    ),
  };
}

function toWireReason(reason: Reason): WireItem['reasons'][number] {
  if (reason.kind === 'popular') return { kind: 'popular' };
  const { kind, itemId, title, event, share } = reason;
  return { kind, item_id: itemId, title, event, share: Math.round(share * 1000) / 1000 };
}
