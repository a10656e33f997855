import type { Changes, WatchChange } from '../../../shared/api/changes.ts';
import type { Comparison } from '../../../shared/api/comparison.ts';
import type { DeviceModel } from '../../../shared/api/device-model.ts';
import type { LinkedDevices } from '../../../shared/api/devices.ts';
import type { EventReceipts, OwnEvents } from '../../../shared/api/events.ts';
import type { Job } from '../../../shared/api/jobs.ts';
import type { Product, ProductDetail, ProductList } from '../../../shared/api/products.ts';
import type { Recommendations } from '../../../shared/api/recommendations.ts';
import type { Shoppers } from '../../../shared/api/shoppers.ts';
import type { WireWatch } from '../../../shared/api/watches.ts';

const CHECKED_AT = '2026-11-22T12:00:00.000Z';
const JOB_ID = '6f0d3c1e-7c1b-4b7e-9a51-1a2b3c4d5e6f';
const euros = (amount: string) => ({ amount, currency: 'EUR' });

const comparison: Comparison = {
  query: 'headphones',
  recognised: null,
  currency: 'EUR',
  ship_to: 'DE',
  cache: 'miss',
  complete: true,
  best: {
    shop: 'elm',
    shop_name: 'Elm Audio',
    url: 'https://elm.example/p/hp-1',
    title: 'Headphones HP-1, black',
    total: euros('59.90'),
    price: euros('55.00'),
    reason: 'The only offer in stock: 55.00 EUR plus 4.90 EUR shipping.',
    why: {
      standing: 'in_stock',
      n_offers: 1,
      price: euros('55.00'),
      shipping: euros('4.90'),
      lowest_known: null,
      shipping_at_most: null,
      only_used: false,
    },
  },
  offers: [
    {
      shop: 'elm',
      shop_name: 'Elm Audio',
      title: 'Headphones HP-1, black',
      url: 'https://elm.example/p/hp-1',
      image: null,
      price: euros('55.00'),
      unconfirmed: false,
      original_price: null,
      list_price: euros('79.00'),
      shipping: euros('4.90'),
      total: euros('59.90'),
      unit_price: null,
      availability: 'InStock',
      condition: 'NewCondition',
      brand: 'Elm',
      gtin: '04006381333931',
      sku: 'HP-1-B',
      product_id: 'p-7d1e',
      checked_at: CHECKED_AT,
    },
  ],
  failures: [
    { shop: 'oak', shop_name: 'Oak & Sons', reason: 'timeout', detail: 'The shop did not answer within 8 s.' },
  ],
  next_step: null,
  shops_asked: 2,
  checked_at: CHECKED_AT,
  rates_date: null,
};

const job: Job = {
  job_id: JOB_ID,
  name: 'compare',
  state: 'active',
  progress: 0.5,
  created_at: CHECKED_AT,
  started_at: CHECKED_AT,
  finished_at: null,
  result: null,
  error: null,
};

const product: Product = {
  product_id: '85123A',
  title: 'White hanging heart T-light holder',
  brand: null,
  category: 'Decoration',
  description: null,
  gtin: null,
  image: '/images/products/85123A.svg',
  list_price: euros('2.95'),
};
const productList: ProductList = {
  items: [product],
  total: 31,
  categories: [{ category: 'Decoration', count: 31 }],
  next: 'MQ',
};
const productDetail: ProductDetail = {
  ...product,
  history: [{ shop: 'elm', price: euros('2.95'), availability: 'InStock', observed_at: CHECKED_AT }],
  similar: [],
};

const recommendations: Recommendations = {
  user_id: '123',
  model_version: '20261122T081500-3f2a',
  fallback: null,
  items: [
    {
      item_id: '85123A',
      score: 0.93,
      title: product.title,
      reasons: [{ kind: 'because_of', item_id: '22423', title: 'Regency cakestand', event: 'purchase', share: 0.41 }],
      image: product.image,
      category: 'Decoration',
      price: euros('2.95'),
    },
  ],
};

const watch: WireWatch = {
  watch_id: '0f9a4c1e-3b7d-4e55-8f3a-2b1c0d9e8f7a',
  user_id: '123',
  product_id: null,
  query: 'headphones',
  currency: 'EUR',
  target: euros('50.00'),
  created_at: CHECKED_AT,
  checked_at: CHECKED_AT,
  next_check_at: '2026-11-22T13:00:00.000Z',
  last: { total: euros('59.90'), shop: 'elm', url: 'https://elm.example/p/hp-1' },
  lowest: { total: euros('59.90'), observed_at: CHECKED_AT },
  triggered_at: null,
};

const receipts: EventReceipts = {
  receipts: [
    { id: '019ab4a0-6c00-7000-8000-000000000001', status: 'accepted' },
    { id: null, status: 'rejected', reason: 'id: is missing' },
  ],
};
const ownEvents: OwnEvents = {
  user_id: '123',
  events: [{ item_id: '85123A', type: 'purchase', value: 2, occurred_at: CHECKED_AT }],
  next: null,
};
const watchChange: WatchChange = {
  id: '019ab4a0-6c00-7000-8000-000000000002',
  ...{ user_id: '123', product_id: '85123A', watched: true, currency: 'EUR', changed_at: CHECKED_AT },
};
const changes: Changes = {
  user_id: '123',
  from_start: true,
  events: [
    {
      id: '019ab4a0-6c00-7000-8000-000000000001',
      ...{ item_id: '85123A', type: 'purchase', value: 2, occurred_at: CHECKED_AT },
    },
  ],
  watches: [
    {
      id: '019ab4a0-6c00-7000-8000-000000000002',
      ...{ product_id: '85123A', watched: true, currency: 'EUR', changed_at: CHECKED_AT },
    },
  ],
  next: 'WyJlIiwidCIsMSwiYSIsMV0',
  more: false,
};
const deviceModel: DeviceModel = {
  version: '20261122T081500-3f2a',
  n_items: 3665,
  n_factors: 64,
  size_bytes: 938_240,
  item_factors: '/models/20261122T081500-3f2a/item-factors',
  products: '/models/20261122T081500-3f2a/products',
  interactions: null,
};
const linkedDevices: LinkedDevices = {
  user_id: 'd-0f9a4c1e3b7d4e558f3a2b1c0d9e8f7a',
  devices: [
    {
      device_id: 'd-0f9a4c1e3b7d4e558f3a2b1c0d9e8f7a',
      name: 'Chrome on Android',
      linked_at: CHECKED_AT,
      last_seen_at: CHECKED_AT,
      is_this: true,
    },
  ],
};
const shoppers: Shoppers = { public: { count: 3000, first: '1', last: '3000' } };

/** An example of each body that is sent or answered, by the id of its schema. */
export const EXAMPLES = {
  AcceptedJob: { job_id: JOB_ID },
  Alive: { status: 'ok' },
  Caller: { kind: 'key', scopes: ['recommendations:read'] },
  Changes: changes,
  Comparison: comparison,
  DeletionReceipt: {
    receipt_id: '4b1f6a0e-2c3d-4e5f-8a9b-0c1d2e3f4a5b',
    user_id: '123',
    deleted_at: CHECKED_AT,
    deleted: { events: 12, watches: 1, devices: 1, recommendation_jobs: 0, models: 1 },
  },
  DeviceModel: deviceModel,
  EventBatch: {
    events: [
      {
        id: '019ab4a0-6c00-7000-8000-000000000001',
        user_id: '123',
        item_id: '85123A',
        type: 'purchase',
        value: 2,
        occurred_at: CHECKED_AT,
      },
    ],
  },
  EventReceipts: receipts,
  ExportedShopper: {
    format: 'magpie-shopper-1',
    user_id: '123',
    exported_at: CHECKED_AT,
    public: false,
    device: null,
    linked_devices: [],
    earlier_ids: [],
    n_events: 1,
    watches: [watch],
    formerly_watched: [],
    recommendation_jobs: [],
    events: [
      {
        id: '019ab4a0-6c00-7000-8000-000000000001',
        item_id: '85123A',
        type: 'purchase',
        value: 2,
        occurred_at: CHECKED_AT,
        source: 'api',
      },
    ],
  },
  Job: job,
  JobEvents: `id: 1\nevent: shop\ndata: ${JSON.stringify({ status: 'answered', shop: 'elm', shop_name: 'Elm Audio', offers: [], elapsed_ms: 412 })}\n\nid: 2\nevent: completed\ndata: {"result":null}\n\n`,
  LinkCode: { code: 'K7QM-4TXP', expires_at: '2026-11-22T12:10:00.000Z' },
  Linked: { user_id: 'd-0f9a4c1e3b7d4e558f3a2b1c0d9e8f7a' },
  LinkedDevices: linkedDevices,
  Linking: { code: 'K7QM-4TXP', device_name: 'Firefox on Linux' },
  Metrics: 'magpie_jobs_waiting{name="compare"} 0\n',
  ModelList: {
    models: [
      { version: deviceModel.version, created_at: CHECKED_AT, current: true, parameters: { engine: 'threads' } },
    ],
  },
  NamedDevice: { device_name: 'Chrome on Android' },
  NewWatch: { user_id: '123', query: 'headphones', currency: 'EUR', target_amount: '50.00' },
  OwnEvents: ownEvents,
  ProductCards: {
    items: [
      {
        product_id: product.product_id,
        title: product.title,
        image: product.image,
        category: product.category,
        list_price: product.list_price,
      },
    ],
  },
  ProductDetail: productDetail,
  ProductList: productList,
  Readiness: {
    status: 'ok',
    missing: [],
    store: true,
    worker_age_seconds: 3,
    model_version: deviceModel.version,
    engine: 'threads',
  },
  Recommendations: recommendations,
  Shoppers: shoppers,
  Training: { feedback: 'implicit', factors: 64 },
  Watch: watch,
  WatchChange: watchChange,
  WatchChangeBatch: { changes: [watchChange] },
  WatchList: { watches: [watch], next: null },
};
