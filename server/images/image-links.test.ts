import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ImageLinks } from './image-links.ts';
import { signingSecret } from './signing-secret.ts';

const PICTURE = 'https://cdn.shop.example/kettle.jpg?width=400&v=2';

function partsOf(path: string | null): { url: string; sig: string } {
  const query = new URL(path ?? '', 'http://localhost').searchParams;
  return { url: query.get('url') ?? '', sig: query.get('sig') ?? '' };
}

describe('the link to a picture', () => {
  const links = new ImageLinks('a secret');

  test('carries its address and a signature that only this server makes', () => {
    const path = links.pathTo(PICTURE);
    expect(path).toMatch(/^\/images\/remote\?url=https%3A%2F%2F.*&sig=[\w-]{22}$/);
    const { url, sig } = partsOf(path);
    expect(url).toBe(PICTURE);
    expect(links.isOurs(url, sig)).toBe(true);
    expect(new ImageLinks('another secret').isOurs(url, sig)).toBe(false);
  });

  test('is good for that one address alone', () => {
    const { sig } = partsOf(links.pathTo(PICTURE));
    expect(links.isOurs('http://169.254.169.254/latest/meta-data/', sig)).toBe(false);
    for (const forged of ['', sig.slice(1), `${sig}A`, 'A'.repeat(22)])
      expect(links.isOurs(PICTURE, forged)).toBe(false);
  });

  test('of a picture of our own is its path; what is no web address has none', () => {
    expect(links.pathTo('/images/demo/p1.svg')).toBe('/images/demo/p1.svg');
    expect(links.pathTo(null)).toBeNull();
    for (const image of ['//cdn.example/a.png', 'data:image/png;base64,AA', 'javascript:alert(1)', 'a.png']) {
      expect(links.pathTo(image)).toBeNull();
    }
  });
});

describe('the secret', () => {
  test('is one for all processes of a data folder, whoever comes first, and for its owner only', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'magpie-secret-'));
    const secrets = await Promise.all(Array.from({ length: 8 }, () => signingSecret({ dataDir, secret: null })));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toHaveLength(43);
    expect((await stat(join(dataDir, 'signing-secret'))).mode & 0o077).toBe(0);
    await rm(dataDir, { recursive: true });
  });

  test('is the one of the configuration where there is one', async () => {
    expect(await signingSecret({ dataDir: '/nowhere', secret: 'from the environment' })).toBe('from the environment');
  });

  test('that cannot be kept is a clear error', async () => {
    await expect(signingSecret({ dataDir: '/dev/null', secret: null })).rejects.toThrow(
      'the secret that signs image links cannot be kept in /dev/null',
    );
  });
});
