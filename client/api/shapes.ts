/** The fields that the pages rely on in each answer. The types are those of the API's document. */
import type { Schemas } from '../../shared/api-client/src/index.ts';
import { shape } from './shape.ts';

export const RECOMMENDATIONS = shape<Schemas['Recommendations']>({ fallback: 'string?', items: 'array' });

export const SHOPPERS = shape<Schemas['Shoppers']>({ public: 'object?' });

export const PRODUCT_DETAIL = shape<Schemas['ProductDetail']>({
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

export const PRODUCT_LIST = shape<Schemas['ProductList']>({ items: 'array', total: 'number', categories: 'array' });

export const ACCEPTED_JOB = shape<Schemas['AcceptedJob']>({ job_id: 'string' });

export const COMPARISON = shape<Schemas['Comparison']>({
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

export const ANSWERED_SHOP = shape<Schemas['ShopAnswered']>({
  status: 'string',
  shop: 'string',
  offers: 'array',
});
export const FAILED_SHOP = shape<Schemas['ShopFailed']>({ status: 'string', failure: 'object' });

export const EVENT_RECEIPTS = shape<Schemas['EventReceipts']>({ receipts: 'array' });
export const CHANGES = shape<Schemas['Changes']>({
  from_start: 'boolean',
  events: 'array',
  watches: 'array?',
  next: 'string',
  more: 'boolean',
});
export const OWN_EVENTS = shape<Schemas['OwnEvents']>({ events: 'array' });

export const DEVICE_MODEL = shape<Schemas['DeviceModel']>({
  version: 'string',
  size_bytes: 'number',
  item_factors: 'string',
  products: 'string',
  interactions: 'string?',
});

export const READINESS = shape<Schemas['Readiness']>({
  model_version: 'string?',
  engine: 'string?',
});

export const EXPORTED_SHOPPER = shape<Schemas['ExportedShopper']>({
  format: 'string',
  events: 'array',
  watches: 'array',
});
export const DELETION_RECEIPT = shape<Schemas['DeletionReceipt']>({ receipt_id: 'string', deleted: 'object' });

export const LINK_CODE = shape<Schemas['LinkCode']>({ code: 'string', expires_at: 'string?' });
export const LINKED = shape<Schemas['Linked']>({ user_id: 'string' });
export const LINKED_DEVICES = shape<Schemas['LinkedDevices']>({ user_id: 'string', devices: 'array' });
