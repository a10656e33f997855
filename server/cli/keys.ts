import { randomBytes, randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { hashKey, SCOPES } from '../api/access.ts';
import { readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { printJson } from './output.ts';
import { withStore } from './with-store.ts';

export function keysCommand(): Command {
  const keys = new Command('keys').description('API keys; the first one closes the open access that a new server has');
  keys
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--name <name>', 'whose key it is')
    .option('--scope <scope...>', `what it may do: ${SCOPES.join(', ')}`, ['recommendations:read'])
    .option('--json', 'print it as JSON', false)
    .action(async (flags: { name: string; scope: string[]; json: boolean }) => {
      const unknown = flags.scope.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
      if (unknown.length > 0)
        throw new OperatorError(`there is no scope "${unknown.join('", "')}": choose of ${SCOPES.join(', ')}`);
      const key = `mgp_${randomBytes(24).toString('base64url')}`;
      const id = randomUUID();
      await withStore(readConfig(), (store) =>
        store.keys.add({
          id,
          name: flags.name,
          hash: hashKey(key),
          scopes: flags.scope,
          createdAt: new Date(),
          revokedAt: null,
        }),
      );
      if (flags.json) printJson({ id, key, scopes: flags.scope });
      else console.log(`${key}\n\nKeep it: it is not shown again. Its id, to revoke it: ${id}`);
    });
  keys
    .command('list')
    .description('all keys, without the keys themselves')
    .option('--json', 'one object per line', false)
    .action((flags: { json: boolean }) =>
      withStore(readConfig(), async (store) => {
        for (const key of await store.keys.list()) {
          if (flags.json)
            printJson({ id: key.id, name: key.name, scopes: key.scopes, revoked: key.revokedAt !== null });
          else console.log(`${key.id}  ${key.name}  ${key.scopes.join(', ')}${key.revokedAt ? '  (revoked)' : ''}`);
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
        console.log(`${id} is revoked`);
      }),
    );
  return keys;
}
