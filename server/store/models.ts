import type { Kysely, Selectable } from 'kysely';
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
          .select('is_current')
          .where('version', '=', version)
          .executeTakeFirst();
        if (known === undefined) {
          throw new Error(`there is no model ${version}: \`magpie models list\` shows those that there are`);
        }
        if (known.is_current === 1) return;
        await transaction
          .insertInto('model_promotions')
          .values({ version, promoted_at: Date.now(), taken_back_at: null })
          .execute();
        await makeCurrent(transaction, version);
      });
    },

    async previous() {
      const [, before] = await lastTwoPromotions(read);
      if (before === undefined) return null;
      const row = await read.selectFrom('models').selectAll().where('version', '=', before.version).executeTakeFirst();
      return row === undefined ? null : toModel(row);
    },

    async rollBackTo(version) {
      await write(async (transaction) => {
        const [last, before] = await lastTwoPromotions(transaction);
        if (last === undefined || before?.version !== version) {
          throw new Error(`model ${version} is not the one before the current one: another was promoted meanwhile`);
        }
        await transaction
          .updateTable('model_promotions')
          .set({ taken_back_at: Date.now() })
          .where('seq', '=', last.seq)
          .execute();
        await makeCurrent(transaction, version);
      });
    },
  };
}

/** Of the promotions that were not taken back, the last one first. */
function lastTwoPromotions(database: Kysely<StoreTables>): Promise<{ seq: number; version: string }[]> {
  return database
    .selectFrom('model_promotions')
    .select(['seq', 'version'])
    .where('taken_back_at', 'is', null)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute();
}

async function makeCurrent(transaction: Kysely<StoreTables>, version: string): Promise<void> {
  await transaction
    .updateTable('models')
    .set(({ eb }) => ({ is_current: eb.case().when('version', '=', version).then(1).else(0).end() }))
    .execute();
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
