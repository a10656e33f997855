import { describe, expect, test } from 'vitest';
import { visibleLine, visibleText } from './visible-text.ts';

describe('what cannot be seen is taken out', () => {
  test.each([
    ['colours', '\u001B[31mRed\u001B[0m kettle', 'Red kettle'],
    ['a cursor that wipes the line', 'Kettle\u001B[2K\u001B[1G0.01 EUR', 'Kettle0.01 EUR'],
    ['an 8-bit control sequence', 'Ket\u009B31mtle', 'Kettle'],
    ["a terminal's title", '\u001B]0;owned\u0007Kettle', 'Kettle'],
    ['a link that leads elsewhere', '\u001B]8;;https://evil.example\u001B\\Kettle\u001B]8;;\u001B\\', 'Kettle'],
    ['an escape that never ends', 'Kettle \u001B]0;and all that follows', 'Kettle '],
    ['NUL, backspace, bell, DEL', 'K\u0000e\bt\u0007t\u007Fle', 'Kettle'],
    ['overrides of direction', 'Kettle \u202E00.1 RUE\u202C', 'Kettle 00.1 RUE'],
    ['isolates and marks', '\u2066Kettle\u2069\u200E\u200F\u061C', 'Kettle'],
    ['zero-width spaces inside words', 'Ke\u200Btt\u200D\u200Cle\uFEFF\u00AD', 'Kettle'],
    ['joiners that join nothing', '\u200DKettle \u200C', 'Kettle '],
    ['hidden ASCII', 'Kettle\u{E0069}\u{E0067}', 'Kettle'],
    ['halves of surrogate pairs', 'Ket\uD83Dtle\uDE00', 'Kettle'],
  ])('%s', (_, hostile, seen) => {
    expect(visibleText(hostile)).toBe(seen);
  });
});

test.each([
  ['hidden text', '\u{E0041}', ''],
  ['a flag with hidden text', '\u{1F3F4}\u{E0001}', '\u{1F3F4}'],
  ['joiners', '\u200D', ''],
  ['beginnings of control sequences', '\u001B[', '['],
])('a megabyte of %s is gone as any text is, in time proportional to its length', (_, hidden, seen) => {
  const n = 250_000;
  expect(visibleText(hidden.repeat(n))).toBe(seen.repeat(n));
});

describe('what people write stays', () => {
  test.each([
    'Wasserkocher “Größe L” – 1,7 l',
    'قوري شاي من الزجاج',
    'می‌خواهم', // Persian, with the non-joiner that its spelling needs
    'קומקום חשמלי',
    'चाय का क्‍ष', // Devanagari, with a joiner
    '電気ケトル',
    '👩‍👩‍👧‍👦 family kettle 🏳️‍🌈 👩🏽‍🍳',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿 tea',
    'é as e\u0301',
  ])('%s', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  test('lines and tabs, which separators become too', () => {
    expect(visibleText('one\ttwo\r\nthree\u2028four\u0085five')).toBe('one\ttwo\nthree\nfour\nfive');
    expect(visibleLine('one\ttwo\r\n\nthree')).toBe('one two three');
  });
});
