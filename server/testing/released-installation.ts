import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { testDatabaseUrl } from './test-services.ts';

/** What scripts/make-upgrade-fixtures.ts noted of an installation when it made it. */
const noteSchema = z.object({
  /** Rows by table. */
  rows: z.record(z.string(), z.number()),
  /** With the scope `admin`. */
  key: z.object({ key: z.string() }),
  /** What its API answered to GET; the token is empty where none was sent. */
  answers: z.array(z.object({ path: z.string(), token: z.string(), answer: z.record(z.string(), z.unknown()) })),
});

export type ReleasedInstallation = Pick<Config, 'dataDir' | 'databaseUrl'> & z.infer<typeof noteSchema>;

const shapesSchema = z.record(z.string(), z.record(z.string(), z.string()));
/** The outermost fields of answers that a release's app reads, with their kinds, by the name of the answer. */
export type ReleasedShapes = z.infer<typeof shapesSchema>;

/**
 * Puts an installation as a release left it into a folder and, on Postgres, into a new database.
 * @param release a folder's name in `fixtures/`
 * @param dataDir made here
 */
export async function releasedInstallation(
  release: string,
  kind: 'sqlite' | 'postgres',
  dataDir: string,
): Promise<ReleasedInstallation> {
  const pathOf = (file: string) => pathIn(release, file);
  await mkdir(dataDir);
  await promisify(execFile)('tar', ['-xzf', pathOf(`${kind}.tar.gz`), '-C', dataDir, '--no-same-owner']);
  const databaseUrl = kind === 'sqlite' ? null : await testDatabaseUrl();
  if (databaseUrl !== null) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(gunzipSync(await readFile(pathOf('postgres.sql.gz'))).toString());
    await client.end();
  }
  const note = noteSchema.parse(JSON.parse(await readFile(pathOf(`${kind}.json`), 'utf8')));
  return { dataDir, databaseUrl, ...note };
}

export async function releasedShapes(release: string): Promise<ReleasedShapes> {
  return shapesSchema.parse(JSON.parse(await readFile(pathIn(release, 'client-shapes.json'), 'utf8')));
}

/** The first field that is not what the release's app expects, as its client/api/shape.ts finds it; null where all are. */
export function misfit(shape: ReleasedShapes[string] | undefined, answer: unknown): string | null {
  if (shape === undefined) throw new Error('the release has no such shape');
  const found = z.record(z.string(), z.unknown()).parse(answer);
  const wrong = Object.entries(shape).find(([name, kind]) => {
    const value = found[name] ?? null;
    if (value === null) return !kind.endsWith('?');
    return (Array.isArray(value) ? 'array' : typeof value) !== kind.replace('?', '');
  });
  return wrong?.[0] ?? null;
}

function pathIn(release: string, file: string): string {
  return fileURLToPath(new URL(`fixtures/${release}/${file}`, import.meta.url));
}
