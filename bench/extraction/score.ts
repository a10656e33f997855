/** Counts towards F1: a wrong answer is a false positive and, where there is a truth, a false negative too. */
export interface Tally {
  right: number;
  falsePositives: number;
  falseNegatives: number;
}

export function emptyTally(): Tally {
  return { right: 0, falsePositives: 0, falseNegatives: 0 };
}

export function count(tally: Tally, answer: string | null, truths: readonly string[], same: SameAnswer): void {
  if (answer !== null && truths.some((truth) => same(answer, truth))) {
    tally.right += 1;
    return;
  }
  if (answer !== null) tally.falsePositives += 1;
  if (truths.length > 0) tally.falseNegatives += 1;
}

export type SameAnswer = (answer: string, truth: string) => boolean;

export const sameNumber: SameAnswer = (answer, truth) => Number(answer) === Number(truth);
/**
 * Some labels keep a dot that groups thousands: `23.450`, or even `24.99`, where the page says 23,450 and $24.990. This
 * also accepts the amount that the page shows.
 */
export const sameNumberOrThousands: SameAnswer = (answer, truth) =>
  sameNumber(answer, truth) || (truth.includes('.') && Number(answer) === Math.round(Number(truth) * 1000));
export const sameText: SameAnswer = (answer, truth) => fold(answer) === fold(truth);

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

export function f1({ right, falsePositives, falseNegatives }: Tally): number {
  return right === 0 ? 0 : (2 * right) / (2 * right + falsePositives + falseNegatives);
}
