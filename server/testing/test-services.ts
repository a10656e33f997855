import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/**
 * A Redis database that no other test uses, empty.
 * @throws with one line that says what to install, where the machine has no Redis.
 */
export function testRedisUrl(): Promise<string> {
  return testService('redis');
}

/**
 * A new, empty Postgres database.
 * @throws with one line that says what to install, where the machine has no Postgres.
 */
export async function testDatabaseUrl(): Promise<string> {
  const url = new URL(await testService('postgres'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}

async function testService(service: 'redis' | 'postgres'): Promise<string> {
  const response = await fetch(`${inject('testServicesUrl')}/${service}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
