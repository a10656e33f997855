import type { Selectable, Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { DeletedShoppers } from './deleted-shoppers.ts';
import { joinShoppers } from './join-shoppers.ts';
import { currentIds, waitForAliasReaders } from './shopper-aliases.ts';
import { DeletedShopperError, type LinkedDevice, type Store } from './store.ts';
import type { StoreTables } from './tables.ts';

export function deviceLinkStore(database: Database<StoreTables>, deleted: DeletedShoppers): Store['links'] {
  const { read, write, dialect } = database;
  // Keyed: a copy of the database alone neither lets codes be guessed nor names the devices that were removed.
  const hashOfCode = (code: string) => deleted.hashOf(`link code ${code}`);
  const hashOfDevice = (deviceId: string) => deleted.hashOf(`device ${deviceId}`);

  return {
    async find(deviceId) {
      const row = await read
        .selectFrom('device_links')
        .selectAll()
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      if (row !== undefined) return toDevice(row);
      const removed = await read
        .selectFrom('removed_devices')
        .select('hash')
        .where('hash', '=', await hashOfDevice(deviceId))
        .executeTakeFirst();
      return removed === undefined ? null : 'removed';
    },

    async recordUse(deviceId, at) {
      await write((transaction) =>
        transaction
          .updateTable('device_links')
          .set({ last_seen_at: at.getTime() })
          .where('device_id', '=', deviceId)
          .execute(),
      );
    },

    async ofShopper(shopperId) {
      const rows = await read
        .selectFrom('device_links')
        .selectAll()
        .where('shopper_id', '=', shopperId)
        .orderBy('linked_at')
        .orderBy('device_id')
        .execute();
      return rows.map(toDevice);
    },

    async addCode({ code, kind, device, expiresAt }) {
      const hash = await hashOfCode(code);
      await write(async (transaction) => {
        const { linkedAt } = device;
        if ((await deleted.among(transaction, [device.shopperId])).size > 0) throw new DeletedShopperError();
        const current = await currentIds(transaction, [device.shopperId]);
        const shopperId = current.get(device.shopperId) ?? device.shopperId;
        await transaction
          .deleteFrom('link_codes')
          .where(({ eb, and, or }) =>
            or([eb('expires_at', '<=', linkedAt.getTime()), and({ shopper_id: shopperId, kind })]),
          )
          .execute();
        await transaction
          .insertInto('link_codes')
          .values({ hash, kind, shopper_id: shopperId, expires_at: expiresAt?.getTime() ?? null })
          .execute();
        await addLink(transaction, { ...device, shopperId });
      });
    },

    async join({ code, device }) {
      const hash = await hashOfCode(code);
      const at = device.linkedAt.getTime();
      return write(async (transaction) => {
        const used = await transaction
          .deleteFrom('link_codes')
          .where('hash', '=', hash)
          .returning(['shopper_id', 'expires_at'])
          .executeTakeFirst();
        if (used === undefined || (used.expires_at !== null && used.expires_at <= at)) return null;
        const into = used.shopper_id;
        const link = await transaction
          .selectFrom('device_links')
          .select('shopper_id')
          .where('device_id', '=', device.deviceId)
          .executeTakeFirst();
        const from = link?.shopper_id ?? device.deviceId;
        if ((await deleted.among(transaction, [from, into])).size > 0) return null;
        await waitForAliasReaders(transaction, dialect);
        if (from !== into) await joinShoppers(transaction, { from, into });
        await addLink(transaction, { ...device, shopperId: into });
        return into;
      });
    },

    async remove(shopperId, deviceId, at) {
      const hash = await hashOfDevice(deviceId);
      return write(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('device_links')
          .where('device_id', '=', deviceId)
          .where('shopper_id', '=', shopperId)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await transaction.insertInto('removed_devices').values({ hash, removed_at: at.getTime() }).execute();
        return true;
      });
    },

    async currentId(userId) {
      return (await currentIds(read, [userId])).get(userId) ?? userId;
    },

    async earlierIds(shopperId) {
      const rows = await read
        .selectFrom('shopper_aliases')
        .select('user_id')
        .where('shopper_id', '=', shopperId)
        .orderBy('user_id')
        .execute();
      return rows.map((row) => row.user_id);
    },

    async removeAll(shopperId, at) {
      const devices = await this.ofShopper(shopperId);
      const hashes = await Promise.all(devices.map(({ deviceId }) => hashOfDevice(deviceId)));
      await write(async (transaction) => {
        for (const table of ['device_links', 'link_codes', 'shopper_aliases'] as const) {
          await transaction.deleteFrom(table).where('shopper_id', '=', shopperId).execute();
        }
        if (hashes.length === 0) return;
        await transaction
          .insertInto('removed_devices')
          .values(hashes.map((hash) => ({ hash, removed_at: at.getTime() })))
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .execute();
      });
      return devices.length;
    },
  };
}

/** A device that is linked already keeps its row, with the new name. */
async function addLink(
  transaction: Transaction<StoreTables>,
  { deviceId, shopperId, name, linkedAt, lastSeenAt }: LinkedDevice,
): Promise<void> {
  const row = {
    ...{ device_id: deviceId, shopper_id: shopperId, name },
    ...{ linked_at: linkedAt.getTime(), last_seen_at: lastSeenAt.getTime() },
  };
  await transaction
    .insertInto('device_links')
    .values(row)
    .onConflict((conflict) => conflict.column('device_id').doUpdateSet({ name }))
    .execute();
}

function toDevice(row: Selectable<StoreTables['device_links']>): LinkedDevice {
  return {
    deviceId: row.device_id,
    shopperId: row.shopper_id,
    name: row.name,
    linkedAt: new Date(row.linked_at),
    lastSeenAt: new Date(row.last_seen_at),
  };
}
