import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { type Allowance, LimitReachedError, type RateLimiter } from './rate-limiter.ts';

/** The port on rate-limiter-flexible, which has one limiter per allowance: they are made when first asked for. */
export function countedLimiter(
  make: (allowance: Allowance) => RateLimiterAbstract,
  close: () => Promise<void>,
): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>();
  return {
    async take(allowance, client, cost = 1) {
      const limiter = limiters.get(allowance.name) ?? make(allowance);
      limiters.set(allowance.name, limiter);
      try {
        await limiter.consume(client, cost);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw new LimitReachedError(allowance, error.msBeforeNext);
      }
    },
    close,
  };
}
