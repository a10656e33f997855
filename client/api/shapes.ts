/** The fields that the pages rely on in each answer. The schemas are in shared/api. */
import type { Comparison, ShopResult } from '../../shared/api/comparison.ts';
import type { DeviceModel } from '../../shared/api/device-model.ts';
import type { EventReceipts, OwnEvents } from '../../shared/api/events.ts';
import type { ProductDetail, ProductList } from '../../shared/api/products.ts';
import type { Recommendations } from '../../shared/api/recommendations.ts';
import type { Shoppers } from '../../shared/api/shoppers.ts';
import { shape } from './shape.ts';

export const RECOMMENDATIONS = shape<Recommendations>({ fallback: 'string?', items: 'array' });

export const SHOPPERS = shape<Shoppers>({ public: 'object?' });

export const PRODUCT_DETAIL = shape<ProductDetail>({
  product_id: 'string',
  title: 'string',
  brand: 'string?',
  category: 'string?',
  description: 'string?',
  gtin: 'string?',
  image: 'string?',
  list_price: 'object?',
  history: 'array',
  similar: 'array',
});

export const PRODUCT_LIST = shape<ProductList>({ items: 'array', total: 'number', categories: 'array' });

export const ACCEPTED_JOB = shape<{ job_id: string }>({ job_id: 'string' });

export const COMPARISON = shape<Comparison>({
  query: 'string',
  currency: 'string',
  complete: 'boolean',
  best: 'object?',
  offers: 'array',
  failures: 'array',
  recognised: 'object?',
  next_step: 'string?',
  shops_asked: 'number',
  rates_date: 'string?',
});

export const ANSWERED_SHOP = shape<Extract<ShopResult, { status: 'answered' }>>({
  status: 'string',
  shop: 'string',
  offers: 'array',
});
export const FAILED_SHOP = shape<Extract<ShopResult, { status: 'failed' }>>({ status: 'string', failure: 'object' });

export const EVENT_RECEIPTS = shape<EventReceipts>({ receipts: 'array' });
export const OWN_EVENTS = shape<OwnEvents>({ events: 'array' });

export const DEVICE_MODEL = shape<DeviceModel>({
  version: 'string',
  size_bytes: 'number',
  item_factors: 'string',
  products: 'string',
  interactions: 'string?',
});

/** Of `GET /readyz`. */
export const READINESS = shape<{ model_version: string | null; engine: string | null }>({
  model_version: 'string?',
  engine: 'string?',
});
