import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { Access } from './access.ts';
import { deviceUserId, hashSecret } from './credentials.ts';
import { SESSION_LIFETIME_MS, SignIn } from './sign-in.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const OPERATOR = 'mgo_operator';

let dataDir: string;
let store: Store;
let signIn: SignIn;
let now: number;
let access: Access;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'magpie-access-'));
  store = await openStore({ dataDir, databaseUrl: null });
  signIn = new SignIn(store);
  now = NOON;
  access = new Access({ store, signIn, operatorToken: OPERATOR, now: () => now });
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

const bearer = (secret: string) => access.identify({ bearer: secret, session: null });

async function addKey(secret: string, expiresAt: Date | null = null): Promise<void> {
  await store.keys.add({
    ...{ id: 'k1', name: 'ci', hash: hashSecret(secret), scopes: ['events:write'] },
    ...{ createdAt: new Date(NOON), revokedAt: null, expiresAt },
  });
}

test('nothing proves nothing', async () => {
  expect(await access.identify({ bearer: null, session: null })).toEqual({ kind: 'anonymous', refusal: null });
});

test('the operator’s token is the operator’s, and nothing like it', async () => {
  expect(await bearer(OPERATOR)).toEqual({ kind: 'operator', by: 'token' });
  expect(await bearer(`${OPERATOR}x`)).toEqual({ kind: 'anonymous', refusal: 'unknown key' });
});

test('a secret that no one handed out is a device’s own', async () => {
  const secret = 'f3f1f9a4-device-secret';
  expect(await bearer(secret)).toEqual({
    kind: 'device',
    deviceId: deviceUserId(secret),
    userId: deviceUserId(secret),
  });
});

test('a key counts until it is revoked, and its last use is known to the minute', async () => {
  await addKey('mgp_a');
  expect(await bearer('mgp_a')).toEqual({ kind: 'key', id: 'k1', name: 'ci', scopes: ['events:write'] });
  now += 59_000;
  await bearer('mgp_a');
  expect((await store.keys.list())[0]?.lastUsedAt).toEqual(new Date(NOON));
  now += 1_000;
  await bearer('mgp_a');
  expect((await store.keys.list())[0]?.lastUsedAt).toEqual(new Date(NOON + 60_000));
  await store.keys.revoke('k1');
  expect(await bearer('mgp_a')).toEqual({ kind: 'anonymous', refusal: 'revoked key' });
});

test('a key ends at its time', async () => {
  await addKey('mgp_a', new Date(NOON + 1000));
  expect((await bearer('mgp_a')).kind).toBe('key');
  now += 1000;
  expect(await bearer('mgp_a')).toEqual({ kind: 'anonymous', refusal: 'expired key' });
});

test('a sign-in code works once and for a quarter of an hour, its session for a month', async () => {
  const code = signIn.newCode(NOON);
  const session = (await signIn.redeem(code, NOON))!;
  expect(await signIn.redeem(code, NOON)).toBeNull();
  expect(await signIn.redeem(signIn.newCode(NOON), NOON + 15 * 60_000 + 1)).toBeNull();

  const identify = () => access.identify({ bearer: null, session });
  expect(await identify()).toEqual({ kind: 'operator', by: 'session' });
  now = NOON + SESSION_LIFETIME_MS;
  expect(await identify()).toEqual({ kind: 'anonymous', refusal: 'ended session' });
});
