import { type CategoryRecipe, colours, sized } from '../recipe.ts';

const fit = sized('Fit', 'for {value}', 2, ['Men', 1], ['Women', 1]);

export const runningShoes: CategoryRecipe = {
  category: 'Running shoes',
  brands: ['Stridewell', 'Corvane', 'Alpenlauf', 'Fleetra', 'Tarnwick'],
  kinds: [
    {
      kind: 'Road Running Shoes',
      glyph: 'shoe',
      models: 10,
      priceEur: [69, 189],
      lines: ['Tempest', 'Cadence', 'Feather', 'Boulevard'],
      numbers: [3, 4, 6, 8, 10],
      axes: [fit, colours(2, 'Black', 'White', 'Glacier Blue', 'Coral', 'Lime')],
      features: [
        ['Cushioned', 'The tall, soft midsole spares the knees on long runs.'],
        ['Stability', 'A firmer edge keeps the foot from rolling in.'],
        ['Wide Toe Box', 'Toes have room to spread.'],
      ],
      specs: [
        { name: 'Weight', values: ['228 g', '252 g', '281 g'], sentence: 'One shoe weighs {value} in EU 42.' },
        { name: 'Drop', values: ['4 mm', '6 mm', '8 mm', '10 mm'], sentence: 'The drop is {value}.' },
      ],
      openings: [
        'The {name} is a daily trainer that is easy to like: springy, light and quick to dry.',
        'For the first five kilometres and the next marathon, the {name} rolls smoothly from heel to toe.',
      ],
      closings: [
        'The upper is knitted in one piece, without seams.',
        'Small reflectors light up in the headlights of cars.',
      ],
    },
    {
      kind: 'Trail Running Shoes',
      glyph: 'shoe',
      models: 7,
      brands: ['Tarnwick', 'Alpenlauf', 'Ravnfell'],
      priceEur: [89, 199],
      lines: ['Scree', 'Ridge', 'Fell'],
      numbers: [2, 3, 4, 5],
      axes: [fit, colours(2, 'Black', 'Orange', 'Sage Green', 'Midnight Blue')],
      features: [
        ['Waterproof', 'A membrane keeps feet dry in wet grass.'],
        ['Deep Lugs', 'Five-millimetre lugs bite into mud and loose stone.'],
      ],
      specs: [{ name: 'Weight', values: ['268 g', '295 g', '322 g'], sentence: 'One shoe weighs {value} in EU 42.' }],
      openings: ['The {name} holds on wet rock and forgives roots.', 'Where the path ends, the {name} goes on.'],
      closings: ['A guard in the toe takes the stones that you do not see.'],
    },
    {
      kind: 'Carbon Racing Shoes',
      glyph: 'shoe',
      models: 5,
      priceEur: [179, 279],
      lines: ['Zephyr', 'Comet'],
      numbers: [1, 2, 3],
      axes: [colours(2, 'Lime', 'White', 'Coral')],
      features: [['Carbon Plate', 'A carbon plate and a light foam give back what you put in.']],
      specs: [{ name: 'Weight', values: ['185 g', '204 g'], sentence: 'It weighs {value} in EU 42.' }],
      openings: ['The {name} is made for the one day on which the clock matters.'],
      closings: ['Unisex sizes from EU 36 to 48.'],
    },
    {
      kind: 'Running Socks',
      glyph: 'sock',
      models: 6,
      brands: ['Stridewell', 'Corvane'],
      priceEur: [15, 25],
      lines: ['Mile', 'Lap'],
      numbers: ['', 2, 'Merino'],
      axes: [sized('Pack', 'in a pack of {value}', 2, ['1 Pair', 0.5], ['3 Pairs', 1], ['6 Pairs', 1.8])],
      features: [['Anti-Blister', 'Two thin layers rub on each other, not on the skin.']],
      specs: [{ name: 'Height', values: ['ankle', 'crew'], sentence: 'The cut is {value} high.' }],
      openings: ['{name} socks have a left and a right foot and no seam at the toes.'],
      closings: ['They wash at 40 °C.'],
    },
  ],
  accessories: [
    {
      kind: 'Replacement Insoles',
      fits: 'Road Running Shoes',
      glyph: 'insole',
      models: 6,
      brands: ['Fitto'],
      priceEur: [15, 35],
      axes: [],
      openings: ['Insoles cut for the {target}, with a firm heel and a soft forefoot.'],
      closings: ['They can be washed by hand.'],
    },
  ],
};
