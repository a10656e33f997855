import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDemoShops } from '../../demo/demo-shops.ts';

/** Shops on loopback that outlive the servers which ask them, declared in a data folder as an operator does. */
export async function declareShops(dataDir: string): Promise<{ origins: string; close(): Promise<void> }> {
  const { shops, close } = await startDemoShops({ basePort: 0 });
  await mkdir(join(dataDir, 'shops'), { recursive: true });
  for (const { id, declaration } of shops) {
    await writeFile(join(dataDir, 'shops', `${id}.json`), JSON.stringify(declaration));
  }
  return { origins: shops.map(({ origin }) => origin).join(','), close };
}
