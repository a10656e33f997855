import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { LRUCache } from 'lru-cache';
import { StoreFullError } from '../store/store.ts';
import type { Database } from './database.ts';

const PRIVATE_MODE = 0o600;
/** How long a transaction waits for another process that writes (an import's batch takes about 0.1 s). */
const WRITE_LOCK_TIMEOUT_MS = 15_000;
/** SQLite's own waiting stops the thread; the writer waits between tries instead, while the event loop runs. */
const WRITER_BUSY_TIMEOUT_MS = 0;
/** Reading waits only while another process recovers the file after a crash, or both make it at once. */
const READER_BUSY_TIMEOUT_MS = 5_000;
const RETRY_DELAY_MS = 2;
/** Prepared statements kept per connection; the store has about 60. */
const STATEMENTS_KEPT = 200;

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
/** The memory-mapped index of the write-ahead log could not grow: the disk is full. */
const SQLITE_IOERR_SHMSIZE = 4874;

/**
 * `full`: what a transaction wrote survives a power cut once it returns (one fsync per transaction).
 * `normal`: it survives the end of the process at once, a power cut after the next checkpoint; the file stays sound.
 */
export type Durability = 'full' | 'normal';

/**
 * Opens a SQLite file on two connections: a reader, which is never behind a waiting writer, and the writer.
 *
 * node:sqlite runs on the calling thread, so whatever takes long (an import, training's scan) belongs into a process
 * or thread of its own; waiting for another process's write lock leaves the event loop free.
 * @param path made where it is missing.
 */
export function openSqlite<Tables>(path: string, durability: Durability): Database<Tables> {
  const reader = connect(path, durability, READER_BUSY_TIMEOUT_MS);
  const writer = connect(path, durability, WRITER_BUSY_TIMEOUT_MS);
  const read = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reader) });
  const write = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writer) });
  return {
    dialect: 'sqlite',
    read,
    async write(work) {
      try {
        return await write.transaction().execute(work);
      } catch (cause) {
        const code = sqliteErrorCode(cause);
        if (code !== SQLITE_FULL && code !== SQLITE_IOERR_SHMSIZE) throw cause;
        throw new StoreFullError(
          `the disk that holds ${path} is full: nothing of this change was kept, everything before it was; make room and try again`,
          { cause },
        );
      }
    },
    async close() {
      await read.destroy();
      await write.destroy();
      // A Kysely that never ran a query has not taken its connection over.
      for (const connection of [reader, writer]) if (connection.isOpen) connection.close();
    },
  };
}

function connect(path: string, durability: Durability, timeoutMs: number): DatabaseSync {
  keepPrivate(path);
  const connection = new DatabaseSync(path, { timeout: timeoutMs });
  connection.exec(`pragma journal_mode = wal; pragma synchronous = ${durability}`);
  return connection;
}

/**
 * Makes the file readable by its owner only, where the system knows such rights: it holds what people did. SQLite gives its
 * write-ahead log and shared memory the rights of the database file.
 */
function keepPrivate(path: string): void {
  closeSync(openSync(path, 'a', PRIVATE_MODE));
  chmodSync(path, PRIVATE_MODE);
}

/** Kysely's own SQLite dialect over node:sqlite, with transactions that take the write lock when they begin. */
class NodeSqliteDialect extends SqliteDialect {
  readonly #connection: DatabaseSync;

  constructor(connection: DatabaseSync) {
    super({ database: kyselyFace(connection) });
    this.#connection = connection;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#connection);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

/**
 * A plain `begin` takes the write lock at the first write; if another process wrote since the first read, that fails
 * with "database is locked", and no timeout helps. `begin immediate` waits for the lock before anything is read.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #connection: DatabaseSync;

  constructor(connection: DatabaseSync) {
    super({ database: kyselyFace(connection) });
    this.#connection = connection;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = performance.now() + WRITE_LOCK_TIMEOUT_MS;
    for (;;) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
        return;
      } catch (error) {
        if (((sqliteErrorCode(error) ?? 0) & 0xff) !== SQLITE_BUSY || performance.now() > deadline) throw error;
        await delay(RETRY_DELAY_MS);
      }
    }
  }

  /** A full disk makes SQLite roll back by itself; a second rollback would hide the reason behind its own error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#connection.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite's schema changes are transactional; with that known, Kysely runs all migrations in one transaction. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function kyselyFace(connection: DatabaseSync): SqliteDatabase {
  const statements = new LRUCache<string, SqliteStatement>({ max: STATEMENTS_KEPT });
  return {
    close: () => connection.close(),
    prepare(sql) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = prepare(connection, sql);
        statements.set(sql, statement);
      }
      return statement;
    },
  };
}

/** Kysely's parameters are `unknown`; what these databases' column types let through is what SQLite takes. */
function prepare(connection: DatabaseSync, sql: string): SqliteStatement {
  const statement = connection.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}

/** The extended result code: https://www.sqlite.org/rescode.html */
function sqliteErrorCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
}
