import { describe, expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4.
  test.for<[string, Uint8Array, number]>([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 … 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['31 … 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ['nothing', new Uint8Array(), 0],
  ])('of %s is as the RFC has it', ([, bytes, expected]) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('of bytes that begin anywhere in memory, taken at once or in parts, is the same', () => {
    const memory = Uint8Array.from({ length: 150 }, (_, i) => (i * 73) ^ (i >> 2));
    for (let begin = 0; begin < 8; begin++) {
      const bytes = memory.subarray(begin, begin + 101);
      const whole = crc32c(bytes.slice());
      expect(crc32c(bytes)).toBe(whole);
      for (const cut of [0, 1, 17, 64, 101])
        expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(whole);
    }
  });
});
