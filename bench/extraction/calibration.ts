/** One answer: how sure it was, and whether it was right. */
export interface Answer {
  probability: number;
  right: boolean;
}

/** Scores of probabilities beside those of always saying the share that is right. */
export interface Calibration {
  n: number;
  accuracy: number;
  logLoss: number;
  constantLogLoss: number;
  brier: number;
  constantBrier: number;
  auc: number;
  /** Expected calibration error in bins of equal mass, with a 90% bootstrap interval. */
  ece: number;
  eceInterval: [from: number, to: number];
  bins: { n: number; said: number; right: number }[];
}

const N_BINS = 5;
const N_RESAMPLES = 500;
const TINY = 1e-6;

export function calibrationOf(answers: readonly Answer[]): Calibration {
  const n = answers.length;
  const accuracy = answers.filter(({ right }) => right).length / n;
  const constant = answers.map(({ right }) => ({ probability: accuracy, right }));
  const eces = resampledErrors(answers).sort((a, b) => a - b);
  return {
    n,
    accuracy,
    logLoss: logLoss(answers),
    constantLogLoss: logLoss(constant),
    brier: brier(answers),
    constantBrier: brier(constant),
    auc: auc(answers),
    ece: calibrationError(answers),
    eceInterval: [eces[Math.floor(0.05 * N_RESAMPLES)]!, eces[Math.floor(0.95 * N_RESAMPLES)]!],
    bins: binsOf(answers),
  };
}

/** The share that is wrong among the surest answers, at each coverage asked for. */
export function riskCoverage(answers: readonly Answer[], coverages: readonly number[]): number[] {
  const sorted = answers.toSorted((a, b) => b.probability - a.probability);
  return coverages.map((coverage) => {
    const kept = sorted.slice(0, Math.max(1, Math.round(coverage * sorted.length)));
    return kept.filter(({ right }) => !right).length / kept.length;
  });
}

function logLoss(answers: readonly Answer[]): number {
  const losses = answers.map(
    ({ probability, right }) => -Math.log(Math.max(TINY, right ? probability : 1 - probability)),
  );
  return mean(losses);
}

function brier(answers: readonly Answer[]): number {
  return mean(answers.map(({ probability, right }) => (probability - Number(right)) ** 2));
}

/** The chance that a right answer was surer than a wrong one; ties count half. */
function auc(answers: readonly Answer[]): number {
  const right = answers.filter((answer) => answer.right);
  const wrong = answers.filter((answer) => !answer.right);
  let wins = 0;
  for (const one of right) {
    for (const other of wrong) {
      wins += one.probability > other.probability ? 1 : one.probability === other.probability ? 0.5 : 0;
    }
  }
  return wins / (right.length * wrong.length);
}

function binsOf(answers: readonly Answer[]): Calibration['bins'] {
  const sorted = answers.toSorted((a, b) => a.probability - b.probability);
  return Array.from({ length: N_BINS }, (_, bin) => {
    const inBin = sorted.slice(
      Math.round((bin * sorted.length) / N_BINS),
      Math.round(((bin + 1) * sorted.length) / N_BINS),
    );
    return {
      n: inBin.length,
      said: mean(inBin.map(({ probability }) => probability)),
      right: mean(inBin.map(({ right }) => Number(right))),
    };
  });
}

function calibrationError(answers: readonly Answer[]): number {
  return binsOf(answers).reduce((sum, { n, said, right }) => sum + (n / answers.length) * Math.abs(said - right), 0);
}

function resampledErrors(answers: readonly Answer[]): number[] {
  let state = 17;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: N_RESAMPLES }, () =>
    calibrationError(answers.map(() => answers[Math.floor(next() * answers.length)]!)),
  );
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
