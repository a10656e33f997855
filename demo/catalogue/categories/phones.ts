import { type CategoryRecipe, colours, sized } from '../recipe.ts';

export const phones: CategoryRecipe = {
  category: 'Phones',
  brands: ['Vireon', 'Tesselle', 'Orbara', 'Numa', 'Hallmond'],
  kinds: [
    {
      kind: 'Smartphone',
      glyph: 'phone',
      models: 12,
      priceEur: [149, 1249],
      lines: ['Aria', 'Prisma', 'Lumen', 'Strand'],
      numbers: [5, 7, 9, 11, '11 Pro', '12 Max'],
      axes: [
        sized('Storage', 'with {value} of storage', 2, ['128 GB', 1], ['256 GB', 1.11], ['512 GB', 1.27]),
        colours(2, 'Black', 'White', 'Glacier Blue', 'Sage Green', 'Lilac', 'Coral'),
      ],
      features: [
        ['5G', 'It is quick on every 5G network and takes two SIM cards.'],
        ['Dual SIM', 'Work and home share one phone: it holds two SIM cards.'],
        ['Triple Camera', 'Three cameras cover everything from a room to the far side of a valley.'],
        ['Fast Charging', 'Twenty minutes at the charger are enough for the day.'],
      ],
      specs: [
        {
          name: 'Display',
          values: ['6.1"', '6.4"', '6.7"'],
          sentence: 'The {value} display is bright enough for noon.',
        },
        {
          name: 'Battery',
          values: ['4,500 mAh', '5,000 mAh', '5,500 mAh'],
          sentence: 'Its {value} battery lasts into a second day.',
        },
      ],
      openings: [
        'The {name} is a well-balanced phone with a camera that does well after sunset.',
        'Slim, quick and promised seven years of updates, the {name} is meant to be kept.',
        'The {name} puts the essentials first: a good screen, a good camera, a long day.',
      ],
      closings: [
        'Screen and battery are glued in with tabs and can be changed at home.',
        'It survives a fall into the sink.',
      ],
    },
    {
      kind: 'Rugged Smartphone',
      glyph: 'phone',
      models: 4,
      brands: ['Ravnfell', 'Numa'],
      priceEur: [199, 549],
      lines: ['Anvil', 'Cairn'],
      numbers: ['X1', 'X3'],
      axes: [colours(2, 'Black', 'Orange')],
      features: [
        ['Waterproof', 'It works for half an hour a metre and a half under water.'],
        ['Thermal Camera', 'A thermal camera finds draughts and hidden pipes.'],
      ],
      specs: [
        { name: 'Battery', values: ['8,000 mAh', '10,000 mAh'], sentence: 'The {value} battery lasts a long weekend.' },
      ],
      openings: ['The {name} is made for building sites, boats and bad weather.'],
      closings: ['The large side key can be given any job.'],
    },
    {
      kind: 'Feature Phone',
      glyph: 'feature-phone',
      models: 4,
      brands: ['Numa', 'Hallmond'],
      priceEur: [29, 89],
      lines: ['Simple', 'Ring'],
      numbers: [1, 2],
      axes: [colours(2, 'Black', 'Red', 'White')],
      features: [
        ['Large Keys', 'Large keys and a loud ringer make it easy to use.'],
        ['Flip', 'It opens to answer and closes to hang up.'],
      ],
      specs: [
        { name: 'Standby', values: ['12 days', '20 days'], sentence: 'Charged once, it waits {value} for a call.' },
      ],
      openings: ['The {name} calls, texts and gets out of the way.'],
      closings: ['An emergency key rings five numbers in turn.'],
    },
    {
      kind: 'Power Bank',
      glyph: 'box',
      models: 6,
      brands: ['Plugwright', 'Numa'],
      priceEur: [19, 79],
      lines: ['Reserve', 'Cell'],
      numbers: [5, 10, 20],
      axes: [colours(1, 'Black', 'White')],
      features: [
        ['USB-C', 'It charges and is charged through USB-C.'],
        ['Fast Charging', 'It is quick in both directions.'],
      ],
      specs: [{ name: 'Capacity', values: ['10,000 mAh', '20,000 mAh', '27,000 mAh'], sentence: 'It holds {value}.' }],
      openings: ['The {name} fills a phone twice and fits beside it in the pocket.'],
      closings: ['A small display shows what is left, in per cent.'],
    },
  ],
  accessories: [
    {
      kind: 'Phone Case',
      fits: 'Smartphone',
      glyph: 'phone-case',
      models: 11,
      brands: ['Tuckwell', 'Fitto'],
      priceEur: [9, 35],
      axes: [colours(2, 'Black', 'Clear', 'Navy', 'Coral')],
      openings: ['A slim case for the {target} with raised edges around screen and cameras.'],
      closings: [
        'Wireless charging works right through it.',
        'It is made of recycled plastic and is itself recyclable.',
      ],
    },
    {
      kind: 'Screen Protector, 2-Pack',
      fits: 'Smartphone',
      glyph: 'phone-case',
      models: 10,
      brands: ['Fitto'],
      priceEur: [7, 19],
      axes: [],
      openings: ['Two sheets of tempered glass for the {target}, with a frame that puts them on straight.'],
      closings: ['The coating keeps fingerprints down.'],
    },
  ],
};
