import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allBelow, INTO_BITS, LANE_LIMIT, LANE_UNITS, laneLength, readLane } from './lanes.ts';

const lane = fc.integer({ min: 1 - LANE_LIMIT, max: LANE_LIMIT - 1 });

test('four lanes are read back from one double, the upper three to within the one that a lower lane borrows', () => {
  fc.assert(
    fc.property(fc.tuple(lane, lane, lane, lane), lane, (lanes, y) => {
      const packed = lanes.reduce((sum, value, l) => sum + value * LANE_UNITS[l]!, 0);
      const [low = 0, high = 0] = new Int32Array(Float64Array.of(packed + INTO_BITS).buffer);
      const read = lanes.map((_, l) => readLane(low, high, l));
      expect(read[0]).toBe(lanes[0]);
      lanes.forEach((value, l) => {
        expect(value - read[l]!).toBeOneOf([0, 1]);
      });
      expect(allBelow(low, high, y) < 0).toBe(read.every((value) => value < y));
    }),
  );
});

test('no inner product of two vectors of that length leaves its lane, however they are rounded', () => {
  for (const n of [1, 3, 63, 127]) {
    // Every coordinate rounded away from zero by as much as can be.
    const longest = laneLength(n) + Math.sqrt(n) / 2;
    expect(longest ** 2).toBeLessThan(LANE_LIMIT);
  }
});
