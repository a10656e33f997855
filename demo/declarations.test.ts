import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseDeclaration } from '../server/shops/declaration.ts';
import { declaredShops } from './demo-shops.ts';
import { demoShops } from './shops/all.ts';

const FOLDER = new URL('./declarations/', import.meta.url);
const read = async (file: string) => parseDeclaration(await readFile(new URL(file, FOLDER), 'utf8'), file);

describe('the declarations of the demo shops', () => {
  it('are one per shop, at the ports after Magpie’s own', async () => {
    const files = await readdir(FOLDER);
    expect(files.sort()).toEqual(demoShops.map(({ profile }) => `${profile.id}.json`).sort());
    const declared = await Promise.all(
      declaredShops().map(async ({ id }) => ({ id, origin: (await read(`${id}.json`)).url })),
    );
    expect(declared).toEqual(declaredShops());
    expect(declared[0]?.origin).toBe('http://127.0.0.1:8788');
  });

  it.each(demoShops.map(({ profile }) => profile))('$id is declared as it does business', async (profile) => {
    const declaration = await read(`${profile.id}.json`);
    expect(declaration).toMatchObject({ id: profile.id, name: profile.name, currency: profile.currency });
    const decimals = (minor: number) => (minor / 100).toFixed(2);
    const { shipping } = profile;
    expect(declaration.shipping).toEqual(
      shipping === null
        ? undefined
        : {
            amount: decimals(shipping.amountMinor),
            ...(shipping.freeFromMinor !== null && { free_from: decimals(shipping.freeFromMinor) }),
          },
    );
  });
});
