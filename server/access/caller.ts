import type { Scope } from './credentials.ts';

/** Who asks, as far as the request proves it. */
export type Caller =
  | { kind: 'operator'; by: 'token' | 'session' }
  | { kind: 'key'; id: string; name: string; scopes: readonly string[] }
  /**
   * Sends a secret of its own, which no one has handed out: the id that follows from it is the device's. Its shopper has the
   * same id, or another one where the device was linked to others.
   */
  | { kind: 'device'; deviceId: string; userId: string }
  | { kind: 'anonymous'; refusal: Refusal | null };

/** Why a credential was not accepted. The request goes on as anonymous; a route that needs more refuses it with this reason. */
export type Refusal = 'unknown key' | 'revoked key' | 'expired key' | 'ended session' | 'removed device';

/** Whether the caller may do what the scope says. */
export function hasScope(caller: Caller, scope: Scope): boolean {
  if (caller.kind === 'operator') return true;
  return caller.kind === 'key' && (caller.scopes.includes(scope) || caller.scopes.includes('admin'));
}

/** Whether the operator has let the caller in: by a key, or as the operator. */
export function isTrusted(caller: Caller): boolean {
  return caller.kind === 'operator' || caller.kind === 'key';
}
