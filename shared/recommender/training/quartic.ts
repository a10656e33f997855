/** L(α) = c0 + c1 α + c2 α² + c3 α³ + c4 α⁴. */
export interface QuarticCoefficients {
  c0: number;
  c1: number;
  c2: number;
  c3: number;
  c4: number;
}

/** L(α) − L(0), without the cancellation of computing both. */
export function quarticChange({ c1, c2, c3, c4 }: QuarticCoefficients, alpha: number): number {
  return alpha * (c1 + alpha * (c2 + alpha * (c3 + alpha * c4)));
}

/**
 * The α > 0 of the lowest L, or null when no α > 0 lies below L(0) or when L has no lower bound there.
 *
 * A minimum is where the cubic L′ goes from negative to positive. L′ is monotone between its own two extrema, so each
 * such crossing is bracketed and then found by Newton steps that fall back on bisection: no case of the closed form to
 * lose digits in, and right for degenerate cubics too.
 */
export function minimizeQuartic(quartic: QuarticCoefficients): number | null {
  const { c1, c2, c3, c4 } = quartic;
  if (![c1, c2, c3, c4].every(Number.isFinite)) return null;
  const slope = (alpha: number): number => c1 + alpha * (2 * c2 + alpha * (3 * c3 + alpha * 4 * c4));
  const curvature = (alpha: number): number => 2 * c2 + alpha * (6 * c3 + alpha * 12 * c4);

  const ends = [0, ...quadraticRoots(2 * c2, 6 * c3, 12 * c4).filter((alpha) => alpha > 0)];
  const beyond = riseBeyond(slope, ends.at(-1)!);
  if (beyond === null) return null;
  ends.push(beyond);

  let best: number | null = null;
  for (let i = 0; i + 1 < ends.length; i++) {
    const from = ends[i]!;
    const to = ends[i + 1]!;
    if (!(slope(from) < 0 && slope(to) >= 0)) continue;
    const alpha = crossing(slope, curvature, from, to);
    if (best === null || quarticChange(quartic, alpha) < quarticChange(quartic, best)) best = alpha;
  }
  return best !== null && quarticChange(quartic, best) < 0 ? best : null;
}

/** A point at or after `from` from which the slope is positive for good; null when it never is. */
function riseBeyond(slope: (alpha: number) => number, from: number): number | null {
  for (let step = Math.max(1, from); Number.isFinite(from + step); step *= 2) {
    if (slope(from + step) > 0) return from + step;
  }
  return null;
}

/** Where an increasing function that is negative at `low` and not negative at `high` crosses zero. */
function crossing(f: (x: number) => number, derivative: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let x = 0.5 * (a + b);
  // Halving alone needs at most about 1100 steps to run out of doubles; Newton needs a handful.
  for (let i = 0; i < 1200 && a < x && x < b; i++) {
    const y = f(x);
    if (y === 0) return x;
    if (y < 0) a = x;
    else b = x;
    const newton = x - y / derivative(x);
    const next = newton > a && newton < b ? newton : 0.5 * (a + b);
    if (next === x) break;
    x = next;
  }
  return x;
}

/** Real roots of a + b x + c x², ascending, each once; none for a constant. Stable against cancellation. */
function quadraticRoots(a: number, b: number, c: number): number[] {
  if (c === 0) return b === 0 ? [] : [-a / b];
  const discriminant = b * b - 4 * a * c;
  if (!(discriminant > 0)) return [];
  const q = -0.5 * (b + Math.sign(b || 1) * Math.sqrt(discriminant));
  return [q / c, a / q].filter(Number.isFinite).sort((x, y) => x - y);
}
