import { rankedOffer } from '../../shared/api/best-deal.ts';
import type { ComparedOffer, Comparison, ShopFailure, ShopResult } from '../../shared/api/comparison.ts';
import { rankOffers } from '../../shared/prices/best-deal.ts';
import { checked } from '../api/http.ts';
import type { JobEvent } from '../api/job-events.ts';
import { shape } from '../api/shape.ts';
import { ANSWERED_SHOP, COMPARISON, FAILED_SHOP } from '../api/shapes.ts';

/** A comparison under way: the shops' offers so far, then the server's finished comparison. */
export interface LiveComparison {
  /** By total ascending, then those of unknown total by price. */
  offers: ComparedOffer[];
  failures: ShopFailure[];
  nAnswered: number;
  /** null: shops are still being asked. */
  finished: Comparison | null;
}

const COMPLETED = shape<{ result: object }>({ result: 'object' });
const FAILED = shape<{ error: string }>({ error: 'string' });
const SHOP = shape<ShopResult>({ status: 'string' });

export const NOTHING_YET: LiveComparison = { offers: [], failures: [], nAnswered: 0, finished: null };

/** The comparison's job ended without a result. */
export class ComparisonFailed extends Error {
  override readonly name = 'ComparisonFailed';
}

/** @throws ApiError where a message is not what the API promises; ComparisonFailed where the job gave no result */
export function afterEvent(live: LiveComparison, { type, data }: JobEvent): LiveComparison {
  switch (type) {
    case 'shop_so_far':
      return withOffers(live, checked(ANSWERED_SHOP, data));
    case 'shop':
      return withShop(live, checkedShop(data));
    case 'completed':
      return finishedComparison(checked(COMPARISON, checked(COMPLETED, data).result));
    case 'failed':
      throw new ComparisonFailed(`The server could not compare: ${checked(FAILED, data).error}.`);
    case 'cancelled':
      throw new ComparisonFailed('The comparison was stopped on the server.');
    default:
      return live;
  }
}

function checkedShop(data: unknown): ShopResult {
  return checked(SHOP, data).status === 'answered' ? checked(ANSWERED_SHOP, data) : checked(FAILED_SHOP, data);
}

type AnsweredShop = Extract<ShopResult, { status: 'answered' }>;

/** A shop's new offers replace its earlier ones. */
function withOffers(
  live: LiveComparison,
  { shop, offers: said }: Pick<AnsweredShop, 'shop' | 'offers'>,
): LiveComparison {
  const others = live.offers.filter((offer) => offer.shop !== shop);
  const offers = rankOffers([...others, ...said].map(rankedOffer));
  return { ...live, offers: offers.map(({ compared }) => compared) };
}

function withShop(live: LiveComparison, result: ShopResult): LiveComparison {
  const answered = { ...live, nAnswered: live.nAnswered + 1 };
  if (result.status === 'answered') return withOffers(answered, result);
  const { failure } = result;
  return withOffers({ ...answered, failures: [...live.failures, failure] }, { shop: failure.shop, offers: [] });
}

export function finishedComparison(comparison: Comparison): LiveComparison {
  const { offers, failures, shops_asked } = comparison;
  return { offers, failures, nAnswered: shops_asked, finished: comparison };
}
