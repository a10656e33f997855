import { describe, expect, test } from 'vitest';
import { type Shared, sharedAddress, sharedWords } from './shared-page.ts';

const shared = (given: Partial<Shared>): Shared => ({ title: null, text: null, url: null, ...given });

describe('sharedAddress', () => {
  test('finds the address where the other app has put it', () => {
    expect(sharedAddress(shared({ url: 'https://shop.example/p/8231' }))).toBe('https://shop.example/p/8231');
    expect(sharedAddress(shared({ text: 'Look: https://shop.example/p/8231?x=1', url: '' }))).toBe(
      'https://shop.example/p/8231?x=1',
    );
  });

  test('is null where there is none', () => {
    expect(sharedAddress(shared({ text: 'a kettle', url: 'not an address' }))).toBeNull();
  });
});

describe('sharedWords', () => {
  const words = (given: Partial<Shared>) => sharedWords(shared(given));

  test('takes the title first, then the text without its address', () => {
    expect(words({ title: 'Corvid Kettle 1.7 l', url: 'https://shop.example/p/8231' })).toBe('Corvid Kettle 1.7 l');
    expect(words({ text: 'Corvid Kettle https://shop.example/p/8231?x=1' })).toBe('Corvid Kettle');
  });

  test('reads the words of an address', () => {
    expect(words({ url: 'https://shop.example/en/p/corvid-kettle-1-7-l.html' })).toBe('corvid kettle 1 7 l');
    expect(words({ text: 'https://shop.example/products/wren_studio_headphones?variant=42' })).toBe(
      'wren studio headphones',
    );
    expect(words({ url: 'https://shop.example/k%C3%BCche/wasserkocher-rot/8231' })).toBe('wasserkocher rot');
  });

  test('is null where there is nothing to go by', () => {
    expect(words({})).toBeNull();
    expect(words({ url: 'https://shop.example/p/8231' })).toBeNull();
    expect(words({ text: '   ', url: 'not an address' })).toBeNull();
  });

  test('survives an address with a broken escape', () => {
    expect(words({ url: 'https://shop.example/p/kettle-100%-steel' })).toBe('kettle 100% steel');
  });
});
