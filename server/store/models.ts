import type { Selectable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { ModelRecord, Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function modelStore({ read, write }: Database<StoreTables>): Store['models'] {
  return {
    async add(model) {
      await write((transaction) =>
        transaction
          .insertInto('models')
          .values({
            version: model.version,
            file: model.file,
            created_at: model.createdAt.getTime(),
            parameters: JSON.stringify(model.parameters),
            is_current: 0,
          })
          .execute(),
      );
    },

    async list() {
      const rows = await read.selectFrom('models').selectAll().orderBy('version', 'desc').execute();
      return rows.map(toModel);
    },

    async current() {
      const row = await read.selectFrom('models').selectAll().where('is_current', '=', 1).executeTakeFirst();
      return row === undefined ? null : toModel(row);
    },

    async promote(version) {
      await write(async (transaction) => {
        const known = await transaction
          .selectFrom('models')
          .select('version')
          .where('version', '=', version)
          .executeTakeFirst();
        if (known === undefined) {
          throw new Error(`there is no model ${version}: \`magpie models list\` shows those that there are`);
        }
        await transaction
          .updateTable('models')
          .set(({ eb }) => ({ is_current: eb.case().when('version', '=', version).then(1).else(0).end() }))
          .execute();
      });
    },
  };
}

function toModel(row: Selectable<StoreTables['models']>): ModelRecord {
  return {
    version: row.version,
    file: row.file,
    createdAt: new Date(row.created_at),
    parameters: JSON.parse(row.parameters),
    isCurrent: row.is_current === 1,
  };
}
