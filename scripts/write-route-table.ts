/** `npm run routes`: writes the table of all routes and their classes into docs/access.md. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declaredRoutes } from '../server/api/route-access.ts';
import { routeTable } from '../server/api/route-table.ts';
import { openComparisonWorld } from '../server/comparison/testing/comparison-world.ts';
import { testApp } from '../server/testing/test-app.ts';

const PAGE = new URL('../docs/access.md', import.meta.url);

const folder = await mkdtemp(join(tmpdir(), 'magpie-routes-'));
const world = await openComparisonWorld([], { redisUrl: null });
const table = routeTable(declaredRoutes(testApp(world, folder)));
await world.close();
await rm(folder, { recursive: true });
const page = await readFile(PAGE, 'utf8');
await writeFile(PAGE, page.replace(/^\| method[\s\S]*?\n(?!\|)/m, table));
console.log(table);
process.exit();
