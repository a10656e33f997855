import { describe, expect, test } from 'vitest';
import { queryFromShare } from './query-from-share.ts';

const shared = (given: { title?: string; text?: string; url?: string }) =>
  queryFromShare({ title: null, text: null, url: null, ...given });

describe('queryFromShare', () => {
  test('takes the title first, then the text without its address', () => {
    expect(shared({ title: 'Corvid Kettle 1.7 l', url: 'https://shop.example/p/8231' })).toBe('Corvid Kettle 1.7 l');
    expect(shared({ text: 'Corvid Kettle https://shop.example/p/8231?x=1' })).toBe('Corvid Kettle');
  });

  test('reads the words of an address', () => {
    expect(shared({ url: 'https://shop.example/en/p/corvid-kettle-1-7-l.html' })).toBe('corvid kettle 1 7 l');
    expect(shared({ text: 'https://shop.example/products/wren_studio_headphones?variant=42' })).toBe(
      'wren studio headphones',
    );
    expect(shared({ url: 'https://shop.example/k%C3%BCche/wasserkocher-rot/8231' })).toBe('wasserkocher rot');
  });

  test('is null where there is nothing to go by', () => {
    expect(shared({})).toBeNull();
    expect(shared({ url: 'https://shop.example/p/8231' })).toBeNull();
    expect(shared({ text: '   ', url: 'not an address' })).toBeNull();
  });

  test('survives an address with a broken escape', () => {
    expect(shared({ url: 'https://shop.example/p/kettle-100%-steel' })).toBe('kettle 100% steel');
  });
});
