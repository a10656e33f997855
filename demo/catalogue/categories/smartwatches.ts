import { type CategoryRecipe, colours, sized } from '../recipe.ts';

export const smartwatches: CategoryRecipe = {
  category: 'Smartwatches',
  brands: ['Vireon', 'Numa', 'Tarnwick', 'Tesselle'],
  kinds: [
    {
      kind: 'Smartwatch',
      glyph: 'watch',
      models: 9,
      priceEur: [129, 549],
      lines: ['Tempo', 'Orbit', 'Mira'],
      numbers: [3, 4, 5, 'Pro'],
      axes: [
        sized('Case size', 'with a {value} case', 2, ['41 mm', 1], ['45 mm', 1.09]),
        colours(2, 'Black', 'Silver', 'Rose Gold', 'Sage Green'),
      ],
      features: [
        ['GPS', 'GPS records the way without a phone.'],
        ['LTE', 'With a SIM of its own it takes calls while the phone stays at home.'],
        ['ECG', 'It records an electrocardiogram at the touch of a finger.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['36 h', '3 days', '5 days'],
          sentence: 'It runs for {value} between charges.',
        },
      ],
      openings: [
        'The {name} shows what matters at a glance and is silent otherwise.',
        'Sleep, pulse and steps: the {name} keeps count without asking for attention.',
      ],
      closings: ['Any ordinary strap fits.', 'It is waterproof to fifty metres.'],
    },
    {
      kind: 'GPS Sports Watch',
      glyph: 'watch',
      models: 6,
      brands: ['Tarnwick', 'Ravnfell'],
      priceEur: [199, 699],
      lines: ['Summit', 'Pacer'],
      numbers: [100, 300, 500],
      axes: [colours(2, 'Black', 'White', 'Orange')],
      features: [
        ['Maps', 'Topographic maps of the continent are stored in it.'],
        ['Solar', 'The glass gathers sunlight and adds days to the battery.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['10 days', '14 days', '21 days'],
          sentence: 'The battery lasts {value}, or thirty hours of GPS.',
        },
      ],
      openings: ['The {name} is a training partner for runners, swimmers and people in the hills.'],
      closings: ['The five buttons work with gloves and in the rain.'],
    },
    {
      kind: 'Fitness Band',
      glyph: 'band',
      models: 8,
      brands: ['Numa', 'Tesselle', 'Pinegate'],
      priceEur: [25, 99],
      lines: ['Loop', 'Stride'],
      numbers: [2, 3, 4, 5],
      axes: [colours(3, 'Black', 'Blue', 'Pink', 'Coral')],
      features: [
        ['Heart Rate', 'It measures the pulse all day and all night.'],
        ['Slim', 'It is so slim that it fits under any cuff.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['7 days', '14 days', '20 days'],
          sentence: 'It needs the charger every {value}.',
        },
      ],
      openings: ['The {name} counts steps, wakes gently and weighs next to nothing.'],
      closings: ['It needs no account.'],
    },
  ],
  accessories: [
    {
      kind: 'Leather Strap',
      fits: 'Smartwatch',
      glyph: 'band',
      models: 8,
      brands: ['Tuckwell', 'Oakline'],
      priceEur: [19, 59],
      axes: [colours(2, 'Brown', 'Black', 'Sand')],
      openings: ['A strap of vegetable-tanned leather for the {target} that gets better with the years.'],
      closings: ['It changes in seconds, without tools.'],
    },
    {
      kind: 'Charging Cable',
      fits: 'Smartwatch',
      glyph: 'cable',
      models: 8,
      brands: ['Plugwright'],
      priceEur: [12, 35],
      axes: [],
      openings: ['A magnetic charging cable for the {target}, one metre long.'],
      closings: ['It plugs into USB-C.'],
    },
  ],
};
