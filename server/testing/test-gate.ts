import { Access } from '../access/access.ts';
import { clientAddressReader } from '../access/client-address.ts';
import { SignIn } from '../access/sign-in.ts';
import { Gate } from '../api/gate.ts';
import type { Store } from '../store/store.ts';

export const TEST_OPERATOR_TOKEN = 'mgo_test-operator';

/** A gate over a store, as `serve` makes it, with an operator's token that tests know. */
export function testGate(
  store: Store,
  options: { host?: string; trustedProxies?: string[]; corsOrigins?: string[] } = {},
): { gate: Gate; signIn: SignIn } {
  const signIn = new SignIn(store);
  const gate = new Gate({
    access: new Access({ store, signIn, operatorToken: TEST_OPERATOR_TOKEN }),
    host: options.host ?? '127.0.0.1',
    clientAddress: clientAddressReader(options.trustedProxies ?? []),
    behindProxy: (options.trustedProxies ?? []).length > 0,
    corsOrigins: options.corsOrigins ?? [],
  });
  return { gate, signIn };
}
