import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { hashSecret, newSecret, SCOPES } from '../access/credentials.ts';
import { readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import type { ApiKeyRecord } from '../store/store.ts';
import { printJson, printLine } from './output.ts';
import { withStore } from './with-store.ts';

export function keysCommand(): Command {
  const keys = new Command('keys').description('API keys, for clients of the API');
  keys
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--name <name>', 'whose key it is')
    .option('--scope <scope...>', `what it may do: ${SCOPES.join(', ')}`, ['recommendations:read'])
    .option('--expires <when>', 'when it ends: 90d, 12h, or a date such as 2027-01-31; without it, never')
    .option('--json', 'print it as JSON', false)
    .action(async (flags: { name: string; scope: string[]; expires?: string; json: boolean }) => {
      const unknown = flags.scope.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
      if (unknown.length > 0)
        throw new OperatorError(`there is no scope "${unknown.join('", "')}": choose of ${SCOPES.join(', ')}`);
      const key = newSecret('mgp');
      const expiresAt = flags.expires === undefined ? null : expiryOf(flags.expires, new Date());
      const id = randomUUID();
      await withStore(readConfig(), (store) =>
        store.keys.add({
          id,
          name: flags.name,
          hash: hashSecret(key),
          scopes: flags.scope,
          createdAt: new Date(),
          revokedAt: null,
          expiresAt,
        }),
      );
      if (flags.json) printJson({ id, key, scopes: flags.scope, expires_at: expiresAt?.toISOString() ?? null });
      else printLine(`${key}\n\nKeep it: it is not shown again. Its id, to revoke it: ${id}`);
    });
  keys
    .command('list')
    .description('all keys, without the keys themselves')
    .option('--json', 'one object per line', false)
    .action((flags: { json: boolean }) =>
      withStore(readConfig(), async (store) => {
        for (const key of await store.keys.list()) {
          if (flags.json)
            printJson({
              ...{ id: key.id, name: key.name, scopes: key.scopes, revoked: key.revokedAt !== null },
              ...{ created_at: key.createdAt.toISOString(), expires_at: key.expiresAt?.toISOString() ?? null },
              last_used_at: key.lastUsedAt?.toISOString() ?? null,
            });
          else printLine(lineOf(key, new Date()));
        }
      }),
    );
  keys
    .command('revoke')
    .description('a revoked key is refused at once')
    .argument('<id>')
    .action((id: string) =>
      withStore(readConfig(), async (store) => {
        if (!(await store.keys.revoke(id))) throw new OperatorError(`there is no key ${id}, or it is revoked already`);
        printLine(`${id} is revoked`);
      }),
    );
  return keys;
}

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** @param text `12h`, `90d`, `4w`, or an ISO 8601 date. @throws OperatorError for anything else, and for the past. */
function expiryOf(text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const isDate = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text);
  const ms =
    count !== undefined
      ? now.getTime() + Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]
      : isDate
        ? Date.parse(text)
        : Number.NaN;
  if (!(ms > now.getTime())) {
    throw new OperatorError(`--expires ${text} is no time to come: give 90d, 12h, 4w, or a date such as 2027-01-31`);
  }
  return new Date(ms);
}

function lineOf(key: ApiKeyRecord, now: Date): string {
  const used = key.lastUsedAt === null ? 'never used' : `last used ${dayOf(key.lastUsedAt)}`;
  const isExpired = key.expiresAt !== null && key.expiresAt <= now;
  const ends = key.expiresAt === null ? [] : [`${isExpired ? 'expired' : 'expires'} ${dayOf(key.expiresAt)}`];
  const state = [used, ...ends, ...(key.revokedAt === null ? [] : ['revoked'])];
  return `${key.id}  ${key.name}  ${key.scopes.join(', ')}  (${state.join(', ')})`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
