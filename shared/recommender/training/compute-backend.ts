import type { Interactions } from '../interactions/interactions.ts';
import type { QuarticCoefficients } from './quartic.ts';

/** The regularised squared loss that is minimised. Equations: docs/decisions/0004-als-ncg.md. */
export type Objective =
  /** L = Σ_Ω (u·m − r)² + λ (Σ n_u ‖u‖² + Σ n_m ‖m‖²) — Winlaw et al. 2015, eq. 1 (ALS-WR). */
  | { feedback: 'explicit'; lambda: number }
  /** L = Σ_S c (u·v − r)² + α₀ Σ_all (u·v)² + λ (Σ w_u ‖u‖² + Σ w_i ‖v‖²), w = (n + α₀·|other side|)^ν — iALS, Rendle et al. 2021. */
  | { feedback: 'implicit'; lambda: number; alpha0: number; nu: number };

/** A factorization problem: which pairs were observed, how many factors, and the loss. */
export interface Problem {
  interactions: Interactions;
  /** Number of factors k, 1…128. */
  nFactors: number;
  objective: Objective;
}

/** Host copy of a point: users then items, both row-major [n × k]. */
export interface Factors {
  users: Float32Array | Float64Array;
  items: Float32Array | Float64Array;
}

/** Opaque handle to one point [n_users + n_items, k] that lives on the device. */
export interface Vector {
  readonly id: number;
}

/**
 * How a sweep solves the normal equations of a row: exactly, or by a few steps of conjugate gradients from where the row
 * stands (Takács, Pilászy & Tikk 2011). The second costs O(k) per observed pair instead of O(k²).
 */
export type RowSolverName = 'cholesky' | 'cg';

export interface OpenOptions {
  /** `cholesky` unless it says otherwise. A backend that has only exact sweeps does them for `cg` too. */
  solver?: RowSolverName;
  signal?: AbortSignal;
  /** Upper bound for what the backend may hold, bytes. */
  memoryBytes?: number;
  /** Called after each block of a long sweep with the share done, 0…1. */
  onBlock?(done: number): void;
}

/** One engine that can sweep, combine and search: `reference`, `threads` or `webgpu`. */
export interface ComputeBackend {
  readonly name: string;
  /** @throws RangeError for a problem that is too large, a DeviceFailure when the device fails, the signal's reason */
  open(problem: Problem, options?: OpenOptions): Promise<FactorSpace>;
}

/**
 * Vectors of one problem, live on the device; only scalars come back.
 * A void call is enqueued in order; its error surfaces at the next await, and at every later one. Only a handle that
 * this space does not know is refused at once, with a RangeError.
 *
 * The row of a user or item without observed pairs is zero after a sweep. A row whose normal equations are singular
 * (λ = 0 with fewer pairs than factors) gets nearly the least-norm solution, through a small jitter on the diagonal.
 */
export interface FactorSpace {
  /** What really computes, for people: "reference", "threads (2)", "webgpu (NVIDIA H200)". */
  readonly engine: string;
  /** A new vector, zero everywhere. */
  vector(): Vector;
  free(v: Vector): void;
  /** px ← P(x): one ALS sweep, users from items, then items from the new users. x, px and g are different vectors, here and below. */
  sweep(x: Vector, px: Vector): void;
  /** As `sweep`, and g ← ∇L(x); the user half already holds A and b, so g_u = 2(A u − b) costs no second pass. */
  sweepAndGradient(x: Vector, px: Vector, g: Vector): void;
  /** g ← ∇L(x) alone, O(k) per observed pair: where a run ends and no further sweep is wanted. */
  gradient(x: Vector, g: Vector): void;
  /** out ← a·x + b·y. `out` may be x or y. */
  combine(out: Vector, a: number, x: Vector, b: number, y: Vector): void;
  /** Coefficients of the quartic L(x + αp), f64, one pass over the ratings; c0 is the loss at x. */
  lineSearch(x: Vector, p: Vector): Promise<QuarticCoefficients>;
  /** Inner products, f64. */
  dots(pairs: readonly (readonly [Vector, Vector])[]): Promise<Float64Array>;
  read(v: Vector): Promise<Factors>;
  write(v: Vector, factors: Factors): void;
  close(): void;
}
