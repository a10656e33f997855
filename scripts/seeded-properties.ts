import fc from 'fast-check';

/**
 * Property tests draw the same inputs in every run of `npm test`, so that a red test means a change. `FUZZ=1 npm test node`
 * draws fresh ones, and each failure names the seed that repeats it.
 */
const SEED = 20_261_122;

if (process.env['FUZZ'] === undefined) fc.configureGlobal({ seed: SEED });
