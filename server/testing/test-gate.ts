import { Access } from '../access/access.ts';
import { addressHasher } from '../access/address-hash.ts';
import { clientAddressReader } from '../access/client-address.ts';
import { SignIn } from '../access/sign-in.ts';
import { ClientLimits } from '../api/client-limits.ts';
import { Gate } from '../api/gate.ts';
import { memoryRateLimiter } from '../limits/memory-rate-limiter.ts';
import type { Store } from '../store/store.ts';

export const TEST_OPERATOR_TOKEN = 'mgo_test-operator';

/** A gate over a store, as `serve` makes it, with an operator's token that tests know. */
export function testGate(
  store: Store,
  options: { host?: string; trustedProxies?: string[]; corsOrigins?: string[] } = {},
): { gate: Gate; signIn: SignIn; limits: ClientLimits } {
  const trustedProxies = options.trustedProxies ?? [];
  const listening = { host: options.host ?? '127.0.0.1', behindProxy: trustedProxies.length > 0 };
  const limits = new ClientLimits(memoryRateLimiter(), listening);
  const signIn = new SignIn(store);
  const gate = new Gate({
    access: new Access({ store, signIn, operatorToken: TEST_OPERATOR_TOKEN }),
    ...listening,
    clientAddress: clientAddressReader(trustedProxies),
    corsOrigins: options.corsOrigins ?? [],
    limits,
    hashAddress: addressHasher('a secret of the tests'),
  });
  return { gate, signIn, limits };
}
