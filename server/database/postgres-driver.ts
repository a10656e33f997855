import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  type QueryResult,
} from 'kysely';
import { untilAnswered } from './patience.ts';
import type { PostgresSession, PostgresSessions } from './postgres-sessions.ts';

/** Queries by themselves, each tried again while the server is away: for reading. */
export function patientQueries<Tables>(sessions: PostgresSessions): Kysely<Tables> {
  return new Kysely({ dialect: new SessionDialect(new QueryDriver(sessions)) });
}

/** Transactions, which fail with `ConnectionLostError` when the server goes away. */
export function transactions<Tables>(sessions: PostgresSessions): Kysely<Tables> {
  return new Kysely({ dialect: new SessionDialect(new TransactionDriver(sessions)) });
}

class SessionDialect extends PostgresDialect {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    super({ pool: () => Promise.reject(new Error('connections come from the driver')) });
    this.#driver = driver;
  }

  override createDriver(): Driver {
    return this.#driver;
  }
}

class TransactionDriver implements Driver {
  readonly #sessions: PostgresSessions;

  constructor(sessions: PostgresSessions) {
    this.#sessions = sessions;
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<PostgresSession> {
    return this.#sessions.take();
  }

  beginTransaction(session: PostgresSession): Promise<void> {
    return session.begin();
  }

  commitTransaction(session: PostgresSession): Promise<void> {
    return session.commit();
  }

  rollbackTransaction(session: PostgresSession): Promise<void> {
    return session.rollback();
  }

  async releaseConnection(session: PostgresSession): Promise<void> {
    session.release();
  }

  async destroy(): Promise<void> {}
}

/** Takes a connection per query, not per transaction. */
class QueryDriver implements Driver {
  readonly #queries: DatabaseConnection;

  constructor(sessions: PostgresSessions) {
    this.#queries = {
      executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
        untilAnswered(async () => {
          const session = await sessions.take();
          try {
            return await session.executeQuery<R>(query);
          } finally {
            session.release();
          }
        }),
      streamQuery: notStreamed,
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#queries;
  }

  beginTransaction = notHere;
  commitTransaction = notHere;
  rollbackTransaction = notHere;

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

async function notHere(): Promise<never> {
  throw new Error('a transaction needs a connection of its own: `write` gives one');
}

function notStreamed(): never {
  throw new Error('results are not streamed: read them page by page');
}
