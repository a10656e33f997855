import { describe, expect, test } from 'vitest';
import { reasonText } from './reason.ts';

describe('reasonText', () => {
  test('names the item and what the shopper did with it', () => {
    const title = 'Corvid kettle';
    expect(reasonText([{ kind: 'because_of', title, event: 'purchase' }])).toBe('Because you bought “Corvid kettle”');
    expect(reasonText([{ kind: 'because_of', title, event: 'rating' }])).toBe('Because you rated “Corvid kettle”');
    expect(reasonText([{ kind: 'because_of', title }])).toBe('Because you looked at “Corvid kettle”');
  });

  test('tells the first reason only, which is the strongest', () => {
    expect(reasonText([{ kind: 'popular' }, { kind: 'because_of', title: 'x' }])).toBe('Popular with all shoppers');
  });

  test('says nothing rather than something empty', () => {
    expect(reasonText([])).toBeNull();
    expect(reasonText([{ kind: 'because_of', item_id: '7' }])).toBeNull();
  });
});
