import { type CategoryRecipe, colours, sized } from '../recipe.ts';

export const laptops: CategoryRecipe = {
  category: 'Laptops',
  brands: ['Halden', 'Vireon', 'Quillon', 'Tesselle'],
  kinds: [
    {
      kind: '14" Laptop',
      glyph: 'laptop',
      models: 10,
      priceEur: [549, 1999],
      lines: ['Fjord', 'Slate', 'Folio', 'Meridian'],
      numbers: [14, '14 Air', '14 Plus', '14 Pro'],
      axes: [
        sized(
          'Configuration',
          'with {value} of memory and storage',
          2,
          ['8 GB / 256 GB', 1],
          ['16 GB / 512 GB', 1.22],
          ['32 GB / 1 TB', 1.55],
        ),
        colours(2, 'Graphite', 'Silver', 'Midnight Blue'),
      ],
      features: [
        ['OLED', 'The OLED screen shows true black and stays readable near a window.'],
        ['Fanless', 'It has no fan and makes no sound at all.'],
        ['Backlit Keyboard', 'The keyboard is lit evenly and has a comfortable stroke.'],
        ['Aluminium', 'Lid and base are milled from recycled aluminium.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['10 h', '13 h', '16 h', '18 h'],
          sentence: 'The battery lasts {value} of ordinary work.',
        },
        {
          name: 'Weight',
          values: ['1.18 kg', '1.29 kg', '1.38 kg'],
          sentence: 'It weighs {value}, charger not included.',
        },
      ],
      openings: [
        'The {name} is a light notebook for people who work in more than one place.',
        'Quick to wake and quiet at work, the {name} is made for writing, meetings and a hundred open tabs.',
      ],
      closings: [
        'Memory and battery can be changed with an ordinary screwdriver.',
        'Two USB-C sockets, one on each side, charge it.',
      ],
    },
    {
      kind: '16" Gaming Laptop',
      glyph: 'laptop',
      models: 6,
      brands: ['Kestrix', 'Halden', 'Orbara'],
      priceEur: [999, 2799],
      lines: ['Raze', 'Ember', 'Vortex'],
      numbers: [16, '16 X', '16 Ultra'],
      axes: [
        sized(
          'Configuration',
          'with {value} of memory and storage',
          2,
          ['16 GB / 512 GB', 1],
          ['32 GB / 1 TB', 1.25],
          ['64 GB / 2 TB', 1.6],
        ),
      ],
      features: [
        ['240 Hz', 'Its screen refreshes 240 times a second.'],
        ['Vapour Chamber', 'A vapour chamber and two slow fans keep it cool without a roar.'],
        ['Mechanical Keyboard', 'The keys are mechanical and lit one by one.'],
      ],
      specs: [
        {
          name: 'Graphics memory',
          values: ['8 GB', '12 GB', '16 GB'],
          sentence: 'The graphics chip has {value} of its own memory.',
        },
      ],
      openings: [
        'The {name} runs current games at the full resolution of its screen.',
        'The {name} is a desktop computer that happens to fold.',
      ],
      closings: ['All large sockets are at the back, where cables belong.'],
    },
    {
      kind: '13" Student Laptop',
      glyph: 'laptop',
      models: 5,
      priceEur: [279, 549],
      lines: ['Primer', 'Campus'],
      numbers: [13, '13 Go'],
      axes: [colours(2, 'Silver', 'Blue', 'Rose')],
      features: [
        ['Rugged', 'Rubber edges and a sealed keyboard forgive a fall and a spilt drink.'],
        ['Touchscreen', 'The touchscreen folds all the way round for drawing.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['11 h', '14 h'],
          sentence: 'It lasts {value}, a long school day and the homework.',
        },
      ],
      openings: [
        'The {name} has what school needs and nothing that distracts.',
        'Simple and sturdy, the {name} is a first laptop that can be repaired.',
      ],
      closings: ['A webcam shutter is built in.'],
    },
    {
      kind: 'USB-C Docking Station',
      glyph: 'box',
      models: 6,
      brands: ['Plugwright', 'Nestbird', 'Quillon'],
      priceEur: [49, 229],
      lines: ['Harbour', 'Pier'],
      numbers: [6, 8, 11, 14],
      axes: [],
      features: [
        ['Dual 4K', 'It drives two 4K screens.'],
        ['100 W', 'It charges the laptop with up to 100 watts.'],
      ],
      specs: [{ name: 'Ports', values: ['6', '8', '11', '14'], sentence: 'It has {value} ports in all.' }],
      openings: [
        'One cable to the {name} connects screens, network, keyboard and power.',
        'The {name} makes a desk out of a laptop.',
      ],
      closings: ['The aluminium case stays cool without a fan.'],
    },
    {
      kind: 'Wireless Mouse',
      glyph: 'mouse',
      models: 6,
      brands: ['Quillon', 'Plugwright', 'Halden'],
      priceEur: [15, 89],
      lines: ['Glide', 'Stone'],
      numbers: ['', 2, 'Pro'],
      axes: [colours(2, 'Black', 'White', 'Graphite')],
      features: [
        ['Silent', 'Its buttons make hardly a sound.'],
        ['Ergonomic', 'The upright shape spares the wrist.'],
      ],
      specs: [{ name: 'Battery life', values: ['3 months', '12 months'], sentence: 'One charge is good for {value}.' }],
      openings: [
        'The {name} works on glass, wood and cloth alike.',
        'The {name} fits either hand and pairs with three computers.',
      ],
      closings: ['The receiver hides inside the mouse.'],
    },
  ],
  accessories: [
    {
      kind: 'Laptop Sleeve',
      fits: '14" Laptop',
      glyph: 'case',
      models: 8,
      brands: ['Tuckwell', 'Oakline'],
      priceEur: [19, 49],
      axes: [colours(2, 'Grey', 'Navy', 'Sand')],
      openings: ['A padded sleeve made to measure for the {target}.'],
      closings: ['The felt is made from recycled bottles.', 'A pocket outside holds the charger.'],
    },
    {
      kind: 'USB-C Charger',
      fits: '16" Gaming Laptop',
      glyph: 'charger',
      models: 6,
      brands: ['Plugwright'],
      priceEur: [49, 109],
      axes: [],
      openings: ['A spare charger with the power that the {target} needs.'],
      closings: ['The two-metre cable is part of it.'],
    },
  ],
};
