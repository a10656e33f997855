import pg from 'pg';
import { UnavailableError } from '../unavailable-error.ts';

/** Tables with rows of their own, but those of Postgres itself and of extensions, which bring them again. */
const TABLES = `
  select n.nspname as schema, c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
    and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 1, 2`;

/** Runs work on a connection of its own. @throws UnavailableError where the server cannot be reached */
export async function onPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // The query that is in flight tells of a lost connection; without a listener this would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    throw new UnavailableError(`${nameOf(url)} cannot be used: ${(cause as Error).message}`, { cause });
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Names a database without its password. */
export function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `Postgres at ${host}${pathname}`;
}

/** All tables: the name that people read, with the name as SQL quotes it. */
export async function tablesOf(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ schema: string; name: string }>(TABLES);
  return new Map(
    rows.map(({ schema, name }) => [
      schema === 'public' ? name : `${schema}.${name}`,
      `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
    ]),
  );
}

/** Rows of each table, in the client's transaction where it has one. */
export async function rowsOfTables(client: pg.Client): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, quoted] of await tablesOf(client)) {
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${quoted}`);
    counts[table] = Number(rows[0]?.n);
  }
  return counts;
}
