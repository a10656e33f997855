import type { StrategyOptions } from 'workbox-strategies';
import { SAVED_AT_HEADER } from '../api/saved-at-header.ts';

export type WorkboxPlugin = NonNullable<StrategyOptions['plugins']>[number];

/** Marks kept answers with the time at which they were kept. Answers that come straight from the server have no mark. */
export const rememberWhenSaved: WorkboxPlugin = {
  async cacheWillUpdate({ response }) {
    if (response.status !== 200) return null;
    const headers = new Headers(response.headers);
    headers.set(SAVED_AT_HEADER, new Date().toISOString());
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  },
};
