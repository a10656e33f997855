import { setTimeout as delay } from 'node:timers/promises';
import { AbortedTransactionError, type CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import pg from 'pg';
import { isOutage } from './postgres-errors.ts';

/** One process's share of a server's default of 100 connections. */
const POOL_SIZE = 8;
/** How long a connection may take to be made, or to come free. */
const CONNECT_TIMEOUT_MS = 2_000;
/** After so long without an answer it is asked whether the server still answers at all. */
const SILENCE_MS = 2_000;
/** How long the server may take to answer that. */
const PROBE_TIMEOUT_MS = 1_500;

const COMMIT = 'commit';
const NO_ANSWER = 'Connection terminated: no answer in time';

/** The connection is lost, and with it the transaction, unless its COMMIT was already sent. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
  /** When the query that was lost was sent, by `performance.now()`. */
  readonly sentAt: number;
  readonly commitSent: boolean;

  constructor(cause: unknown, { sentAt, commitSent }: { sentAt: number; commitSent: boolean }) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.sentAt = sentAt;
    this.commitSent = commitSent;
  }
}

/** The connections to one Postgres. */
export class PostgresSessions {
  readonly #pool: pg.Pool;
  #probe: Promise<boolean> | null = null;
  /** It did not answer when it was asked last. */
  #isSilent = false;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      types: { getTypeParser },
    });
    // An idle connection that breaks is replaced at the next query, which reports what is still wrong then.
    this.#pool.on('error', () => {});
    // One that is in use tells its query too. It says so up to twice, and an `error` without a listener ends the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** @throws ConnectionLostError; what Postgres says against this user or database */
  async take(): Promise<PostgresSession> {
    const sentAt = performance.now();
    try {
      // Idle connections to a server that hangs look like good ones.
      if (this.#isSilent && !(await this.#answers())) throw new Error(NO_ANSWER);
      return new PostgresSession(await this.#pool.connect(), () => this.#answers());
    } catch (cause) {
      throw isOutage(cause) ? new ConnectionLostError(cause, { sentAt, commitSent: false }) : cause;
    }
  }

  async end(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** Whether the server takes a new connection. All who ask meanwhile share one look. */
  #answers(): Promise<boolean> {
    this.#probe ??= answersOn(this.#url).then((answers) => {
      this.#isSilent = !answers;
      this.#probe = null;
      return answers;
    });
    return this.#probe;
  }
}

/** A connection in use. */
export class PostgresSession implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #serverAnswers: () => Promise<boolean>;
  #lost: ConnectionLostError | null = null;

  constructor(client: pg.PoolClient, serverAnswers: () => Promise<boolean>) {
    this.#client = client;
    this.#serverAnswers = serverAnswers;
  }

  /** @throws ConnectionLostError */
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#send<R & pg.QueryResultRow>(sql, parameters);
    const isChange = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows, ...(isChange && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  streamQuery(): never {
    throw new Error('results are not streamed: read them page by page');
  }

  async begin(): Promise<void> {
    await this.#send('begin');
  }

  /** @throws AbortedTransactionError where a statement had failed, so that Postgres rolled back */
  async commit(): Promise<void> {
    const { command } = await this.#send(COMMIT);
    if (command === 'ROLLBACK') throw new AbortedTransactionError();
  }

  /** Postgres itself rolls back what a lost connection had begun. */
  async rollback(): Promise<void> {
    if (this.#lost === null) await this.#send('rollback');
  }

  /** A lost connection does not go back to the others. */
  release(): void {
    this.#client.release(this.#lost ?? undefined);
  }

  async #send<R extends pg.QueryResultRow>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<pg.QueryResult<R>> {
    if (this.#lost !== null) throw this.#lost;
    const sentAt = performance.now();
    let isAnswered = false;
    const watch = setInterval(async () => {
      // A server that answers others is only slow; where it answers no one, the query would wait as long as it hangs.
      // Ended during a query, the connection is closed at once, and the query fails.
      if (!(await this.#serverAnswers()) && !isAnswered) await this.#client.end();
    }, SILENCE_MS);
    try {
      return await this.#client.query<R>(sql, [...parameters]);
    } catch (cause) {
      if (!isOutage(cause)) throw cause;
      this.#lost = new ConnectionLostError(cause, { sentAt, commitSent: sql === COMMIT });
      throw this.#lost;
    } finally {
      isAnswered = true;
      clearInterval(watch);
    }
  }
}

async function answersOn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_TIMEOUT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    await Promise.race([client.query('select 1'), delay(PROBE_TIMEOUT_MS, undefined, { ref: false }).then(refuse)]);
    return true;
  } catch (error) {
    // What refuses also answers.
    return error instanceof pg.DatabaseError;
  } finally {
    client.end().catch(() => {});
  }
}

function refuse(): never {
  throw new Error(NO_ANSWER);
}

/** bigint as a number, as SQLite gives it: instants and counts stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
}
