/** Groups of operations, in the order in which a reader wants them. */
export const TAGS = [
  { name: 'Recommendations', description: 'Items for a shopper, and what a device needs to find them by itself.' },
  { name: 'Prices', description: 'What shops ask for a product, now and watched over time.' },
  { name: 'Products', description: 'The catalogue, with price history and pictures.' },
  { name: 'Events', description: 'What shoppers did: views, ratings, purchases.' },
  { name: 'People', description: 'What is kept of a shopper: to be taken along, or deleted.' },
  { name: 'Devices', description: 'Several devices of one shopper: linked by a code, each removable.' },
  { name: 'Jobs', description: 'Work that goes on after the request: its state, its events, its result.' },
  { name: 'Operators', description: 'Training, models and the operator’s session.' },
  { name: 'Health', description: 'For whatever watches over the process.' },
];

/** The names that `route-access.ts` uses. */
export const SECURITY_SCHEMES = {
  device: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The secret that a device made for itself (32 random bytes in base64url). It may act for its own shopper alone, whose `user_id` is `d-` and the beginning of the secret’s SHA-256.',
  },
  key: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A key of `magpie keys create`, for programs. Its scopes: `recommendations:read`, `events:write`, `admin`.',
  },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: 'The operator’s token, which the first start wrote beside the data. It may do everything.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'magpie_session',
    description: 'The operator’s browser, signed in by the link that `npm start` prints.',
  },
} as const;
