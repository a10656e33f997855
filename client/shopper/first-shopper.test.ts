import { expect, it, vi } from 'vitest';
import { firstShopper } from './first-shopper.ts';

const PUBLIC = { count: 3000, first: '7', last: '3006' };

it('is the device where it can prove itself, and the server is not asked', async () => {
  const ask = vi.fn(async () => ({ public: PUBLIC }));
  expect(await firstShopper({ id: 'd-1', token: 'secret' }, ask)).toBe('d-1');
  expect(ask).not.toHaveBeenCalled();
});

it('is the first public shopper where the device has no token', async () => {
  expect(await firstShopper({ id: 'd-1', token: null }, async () => ({ public: PUBLIC }))).toBe('7');
});

it('is the device where the server has no public shoppers', async () => {
  expect(await firstShopper({ id: 'd-1', token: null }, async () => ({ public: null }))).toBe('d-1');
});

it('is the device where the server gives no answer', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await firstShopper({ id: 'd-1', token: null }, () => Promise.reject(new Error('no answer')))).toBe('d-1');
  expect(told).toHaveBeenCalledOnce();
  told.mockRestore();
});
