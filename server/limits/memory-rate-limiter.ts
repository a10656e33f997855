import { RateLimiterMemory } from 'rate-limiter-flexible';
import { countedLimiter } from './counted-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Counts in this process. A client is forgotten with the end of its window. */
export function memoryRateLimiter(): RateLimiter {
  return countedLimiter(
    ({ name, points, windowS }) => new RateLimiterMemory({ keyPrefix: name, points, duration: windowS }),
    async () => {},
  );
}
