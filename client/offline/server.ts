import { ApiError, getJson, postJson } from '../api/http.ts';
import { CHANGES, EVENT_RECEIPTS, PRODUCT_DETAIL } from '../api/shapes.ts';
import type { Courier } from './flush-outbox.ts';
import type { Source } from './pull-changes.ts';

/** Magpie's server, as the outbox sees it. */
export const courier: Courier = {
  sendEvents: (events) => postJson('/events', { body: { events } }, EVENT_RECEIPTS),
  sendWatches: (changes) => postJson('/watches/changes', { body: { changes } }, EVENT_RECEIPTS),
};

/** Magpie's server, as the pull sees it. */
export const source: Source = {
  async ask({ shopperId, cursor }) {
    const query = { user_id: shopperId, ...(cursor !== null && { cursor }) };
    return (await getJson('/changes', { query }, CHANGES)).data;
  },

  async productOf(id) {
    try {
      const {
        history: _history,
        similar: _similar,
        ...product
      } = (await getJson('/products/{id}', { path: { id } }, PRODUCT_DETAIL)).data;
      return product;
    } catch (error) {
      // A product that is no more is shown by its id.
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      const nothing = { brand: null, category: null, description: null, gtin: null, image: null, list_price: null };
      return { product_id: id, title: id, ...nothing };
    }
  },
};
