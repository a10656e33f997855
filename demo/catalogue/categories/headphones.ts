import { type CategoryRecipe, colours } from '../recipe.ts';

export const headphones: CategoryRecipe = {
  category: 'Headphones',
  brands: ['Auvia', 'Sonarre', 'Pinegate', 'Vireon', 'Hallmond'],
  kinds: [
    {
      kind: 'Wireless Over-Ear Headphones',
      glyph: 'over-ear',
      models: 10,
      priceEur: [49, 429],
      lines: ['Nimbus', 'Solace', 'Halo', 'Terrace'],
      numbers: [200, 300, 450, 500, 700, 900],
      axes: [colours(3, 'Black', 'White', 'Midnight Blue', 'Sand', 'Sage Green')],
      features: [
        ['Noise Cancelling', 'Active noise cancelling takes the edge off trains, planes and open-plan offices.'],
        ['Foldable', 'The headband folds flat, so that they fit in the smallest pocket of a backpack.'],
        ['Multipoint', 'They stay connected to a phone and a laptop at once and switch by themselves.'],
        ['Hi-Res Audio', 'A wired mode plays high-resolution recordings without loss.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['28 h', '35 h', '40 h', '60 h'],
          sentence: 'They play for {value} on one charge.',
        },
        {
          name: 'Weight',
          values: ['218 g', '242 g', '265 g'],
          sentence: 'At {value} you soon forget that you wear them.',
        },
      ],
      openings: [
        'The {name} sits lightly over the ears and keeps a clear, even sound from quiet podcasts to loud guitars.',
        'Made for long days of listening, the {name} has soft memory-foam pads and a calm, natural sound.',
        'With the {name}, bass is deep but never covers the voices.',
      ],
      closings: [
        'Ear pads and cable can be replaced without tools.',
        'A soft bag and a charging cable are in the box.',
      ],
    },
    {
      kind: 'True Wireless Earbuds',
      glyph: 'earbuds',
      models: 10,
      priceEur: [24, 249],
      lines: ['Pebble', 'Dot', 'Drift', 'Lark'],
      numbers: ['', 2, 3, 'Pro', 'Pro 2'],
      axes: [colours(2, 'Black', 'White', 'Rose', 'Sage Green')],
      features: [
        ['Noise Cancelling', 'Noise cancelling adapts to where you are and lets announcements through at a touch.'],
        ['Waterproof', 'Sealed against rain and sweat, they are as good for running as for the commute.'],
        ['Wireless Charging', 'The case charges on any wireless pad.'],
      ],
      specs: [
        {
          name: 'Battery life',
          values: ['6 h', '8 h', '10 h'],
          sentence: 'The buds last {value}, and the case holds three more charges.',
        },
      ],
      openings: [
        'Small, light and secure, the {name} earbuds come with four sizes of silicone tips.',
        'The {name} earbuds bring a full sound and clear calls in a case no bigger than a matchbox.',
      ],
      closings: [
        'The app shows where a lost one was last heard.',
        'A quick charge of ten minutes is good for an hour and a half.',
      ],
    },
    {
      kind: 'Wired In-Ear Headphones',
      glyph: 'earbuds',
      models: 5,
      priceEur: [12, 119],
      lines: ['Wire', 'Tonic', 'Reed'],
      numbers: [10, 20, 50, 100],
      axes: [colours(2, 'Black', 'Silver', 'Red')],
      features: [
        ['with Microphone', 'A microphone and three buttons sit on the cable.'],
        ['Metal Housing', 'Turned metal housings keep resonances away.'],
      ],
      specs: [{ name: 'Cable', values: ['1.2 m', '1.4 m'], sentence: 'The tangle-free cable is {value} long.' }],
      openings: [
        'No battery and no pairing: plug the {name} in and listen.',
        'The {name} is a small in-ear with a surprisingly open sound.',
      ],
      closings: ['Three pairs of tips are included.'],
    },
    {
      kind: 'Kids Headphones',
      glyph: 'over-ear',
      models: 4,
      priceEur: [19, 59],
      lines: ['Junior', 'Hopper'],
      numbers: ['', 2],
      axes: [colours(3, 'Blue', 'Pink', 'Green', 'Yellow')],
      features: [
        ['Volume Limited', 'The volume is limited to 85 decibels, whatever it is plugged into.'],
        ['Shareable', 'A second socket lets two friends listen to one tablet.'],
      ],
      specs: [
        {
          name: 'Age',
          values: ['3+', '4+', '6+'],
          sentence: 'They fit small heads and are recommended for ages {value}.',
        },
      ],
      openings: [
        'The {name} is built to be dropped, sat on and drawn upon.',
        'Soft, light and hard to break, the {name} is made for long car rides.',
      ],
      closings: ['A sheet of stickers is in the box.'],
    },
    {
      kind: 'Headphone Stand',
      glyph: 'stand',
      models: 6,
      brands: ['Tuckwell', 'Nestbird', 'Oakline'],
      priceEur: [15, 59],
      lines: ['Perch', 'Roost', 'Arc'],
      numbers: ['', 2],
      axes: [colours(2, 'Oak', 'Walnut', 'Black', 'Silver')],
      features: [
        ['with USB Hub', 'Three USB ports in the foot save a cable on the desk.'],
        ['Non-Slip', 'A felt foot keeps it in place and the table free of scratches.'],
      ],
      specs: [
        {
          name: 'Height',
          values: ['24 cm', '27 cm'],
          sentence: 'It stands {value} high and takes every common headband.',
        },
      ],
      openings: [
        'The {name} gives headphones a place of their own.',
        'A single bent piece makes the {name}, which holds headphones without pressing the pads.',
      ],
      closings: ['Assembled in a minute with one screw.'],
    },
  ],
  accessories: [
    {
      kind: 'Carrying Case',
      fits: 'Wireless Over-Ear Headphones',
      glyph: 'case',
      models: 9,
      brands: ['Tuckwell', 'Fitto'],
      priceEur: [15, 35],
      axes: [],
      openings: ['A hard case with a soft lining, cut to the shape of the {target}.'],
      closings: ['A mesh pocket holds cable and adapter.', 'The zip runs around three sides, so that it opens flat.'],
    },
    {
      kind: 'Replacement Ear Pads',
      fits: 'Wireless Over-Ear Headphones',
      glyph: 'case',
      models: 8,
      brands: ['Fitto', 'Nestbird'],
      priceEur: [12, 29],
      axes: [],
      openings: ['A pair of memory-foam ear pads for the {target}, changed in two minutes without tools.'],
      closings: ['The cover is vegan leather that wipes clean.', 'The foam is as thick as the original.'],
    },
  ],
};
