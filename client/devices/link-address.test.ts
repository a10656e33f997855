import { expect, it } from 'vitest';
import { linkCodeIn } from './link-address.ts';

it.each([
  ['#link=K7QM-4TXP', 'K7QM-4TXP'],
  ['#link=', null],
  ['#engine', null],
  ['', null],
])('of %s the code is %s', (fragment, code) => {
  expect(linkCodeIn(fragment)).toBe(code);
});
