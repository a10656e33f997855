import type { Csr } from '../../interactions/interactions.ts';
import { GramianPass } from '../../linear-algebra/gramian-pass.ts';
import { stripWidth } from '../../linear-algebra/strips.ts';
import type { CrewSetup, Lane } from '../../threads/lane.ts';
import { WorkSharing } from '../../threads/work-sharing.ts';
import type { RowSolverName } from '../../training/compute-backend.ts';
import { DualBasisMaker } from './dual-basis.ts';
import type { DualBasis, HalfProblem } from './half-problem.ts';
import { LineSearchPass, N_LINE_SEARCH_SUMS, type Ray } from './line-search-pass.ts';
import { Rotation } from './rotation.ts';
import { RowConjugateGradients } from './row-conjugate-gradients.ts';
import { RowGradient } from './row-gradient.ts';
import { RowSolver } from './row-solver.ts';

/** Numbers in a block of `combine` and `dots`: 64 KiB of each vector. */
const ELEMENTS_PER_BLOCK = 16_384;
/** Pairs that one pass of `dots` has room for. */
export const MAX_DOT_PAIRS = 8;
/** Rows in a block of a change of basis. */
const ROTATED_ROWS_PER_BLOCK = 512;
/** Blocks per side of a Gramian: each holds up to three k × k matrices of partial sums. */
export const N_GRAMIAN_BLOCKS = 8;

/** What all lanes of a space look at, in shared memory if there are several. */
export interface SpaceLaneSetup extends CrewSetup {
  nFactors: number;
  solver: RowSolverName;
  byUser: Csr;
  byItem: Csr;
  /** First rows of the blocks, see row-blocks.ts. */
  userBlocks: Uint32Array;
  itemBlocks: Uint32Array;
  userGramianBlocks: Uint32Array;
  itemGramianBlocks: Uint32Array;
  userRidges: Float64Array;
  itemRidges: Float64Array;
  /** α₀; 0 without an all-pairs term. */
  alpha0: number;
  /** Partial sums of line search and dots: written per block, added up in a fixed order. */
  partialSums: Float64Array;
  /** Partial Gramians: [2 sides × N_GRAMIAN_BLOCKS][3][width × width]; empty without an all-pairs term. */
  partialGramians: Float64Array;
  /** Whether short rows of a side are solved in their dual form, see dual-basis.ts; without an all-pairs term they always are. */
  isDualWorthwhile: Record<Side, boolean>;
  /** [rows of a side × k] for a change of basis; empty where no side needs one. */
  rotated: Float32Array;
}

/** What a lane can do; vectors by id. */
export type Command =
  | { kind: 'allocate'; vector: number; memory: ArrayBufferLike }
  | { kind: 'free'; vector: number }
  | { kind: 'sweep'; x: number; px: number; g: number | null }
  | { kind: 'gradient'; x: number; g: number }
  | { kind: 'combine'; out: number; a: number; x: number; b: number; y: number }
  | { kind: 'lineSearch'; x: number; p: number }
  | { kind: 'dots'; pairs: [number, number][] };

type Side = 'users' | 'items';

function otherSide(side: Side): Side {
  return side === 'users' ? 'items' : 'users';
}

interface Point {
  all: Float32Array;
  users: Float32Array;
  items: Float32Array;
}

/**
 * A lane of a factor space: carries out commands together with the other lanes, each taking blocks of rows as it gets to
 * them. Every row, and every partial sum, is computed by one lane from start to end, so that results do not depend on
 * which lane took which block.
 */
export class SpaceLane implements Lane<readonly Command[]> {
  readonly #setup: SpaceLaneSetup;
  readonly #work: WorkSharing;
  readonly #points = new Map<number, Point>();
  readonly #solver: RowSolver;
  readonly #conjugateGradients: RowConjugateGradients;
  readonly #gradient: RowGradient;
  readonly #gramians: GramianPass;
  readonly #lineSearch: LineSearchPass;
  readonly #dualBases: DualBasisMaker;
  readonly #noEigenvalues: Float64Array;
  /** α₀ times the Gramians of a sweep: of what the users are solved against, and the items, and the items' gradient. */
  readonly #allPairs: [Float64Array, Float64Array, Float64Array];

  constructor(setup: SpaceLaneSetup) {
    const { nFactors, alpha0 } = setup;
    const size = alpha0 > 0 ? stripWidth(nFactors) ** 2 : 0;
    this.#setup = setup;
    this.#work = new WorkSharing(setup.workSharing, setup.nLanes);
    this.#solver = new RowSolver(nFactors);
    this.#gradient = new RowGradient(nFactors);
    this.#gramians = new GramianPass(nFactors);
    this.#lineSearch = new LineSearchPass(nFactors);
    const rotation = new Rotation(nFactors);
    this.#conjugateGradients = new RowConjugateGradients(nFactors, rotation);
    this.#dualBases = new DualBasisMaker(nFactors, setup.rotated, rotation);
    this.#noEigenvalues = new Float64Array(nFactors);
    this.#allPairs = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  }

  *run(commands: readonly Command[]): Generator<void, void, void> {
    for (const command of commands) yield* this.#carryOut(command);
  }

  stop(): void {
    this.#work.stop();
  }

  *#carryOut(command: Command): Generator<void, void, void> {
    switch (command.kind) {
      case 'allocate':
        this.#points.set(command.vector, this.#pointIn(command.memory));
        return;
      case 'free':
        this.#points.delete(command.vector);
        return;
      case 'sweep':
        return yield* this.#sweep(
          this.#point(command.x),
          this.#point(command.px),
          command.g === null ? null : this.#point(command.g),
        );
      case 'gradient':
        return yield* this.#gradients(this.#point(command.x), this.#point(command.g));
      case 'combine':
        return yield* this.#combine(command);
      case 'lineSearch':
        return yield* this.#searchLine(this.#point(command.x), this.#point(command.p));
      case 'dots':
        return yield* this.#dots(command.pairs);
      default:
        return command satisfies never;
    }
  }

  *#sweep(x: Point, px: Point, g: Point | null): Generator<void, void, void> {
    const users = yield* this.#half('users', x, 0);
    users.dual = yield* this.#dualBasis('users', x, users.allPairs);
    yield* this.#solveRows('users', users, x.users, px.users, g?.users ?? null);
    const items = yield* this.#half('items', px, 1);
    items.dual = yield* this.#dualBasis('items', px, items.allPairs);
    yield* this.#solveRows('items', items, x.items, px.items, null);
    if (g === null) return;
    const before = yield* this.#half('items', x, 2);
    yield* this.#forRows(this.#setup.itemBlocks, (r) => this.#gradient.compute(before, r, x.items, g.items));
  }

  /** px[r] ← the solution of every row of a side, or what is nearer to it than x; and, if asked, the gradient at x. */
  *#solveRows(
    side: Side,
    half: HalfProblem,
    x: Float32Array,
    px: Float32Array,
    g: Float32Array | null,
  ): Generator<void, void, void> {
    const blocks = side === 'users' ? this.#setup.userBlocks : this.#setup.itemBlocks;
    const { dual } = half;
    if (this.#setup.solver === 'cholesky' || dual === null) {
      const gradient = g && { own: x, g };
      return yield* this.#forRows(blocks, (r) => this.#solver.solve(half, r, px, gradient));
    }
    yield* this.#pass(blocks.length - 1, (block) => {
      this.#conjugateGradients.solve(half, dual, blocks[block]!, blocks[block + 1]!, x, px, g);
    });
  }

  *#gradients(x: Point, g: Point): Generator<void, void, void> {
    const users = yield* this.#half('users', x, 0);
    const items = yield* this.#half('items', x, 1);
    yield* this.#forRows(this.#setup.userBlocks, (r) => this.#gradient.compute(users, r, x.users, g.users));
    yield* this.#forRows(this.#setup.itemBlocks, (r) => this.#gradient.compute(items, r, x.items, g.items));
  }

  /** The problem of the users, or of the items, against the other side at x. Several in one command need places of their own. */
  *#half(side: Side, x: Point, place: 0 | 1 | 2): Generator<void, HalfProblem, void> {
    const { byUser, byItem, userRidges, itemRidges } = this.#setup;
    const allPairs = yield* this.#allPairsOf(otherSide(side), x, place);
    return side === 'users'
      ? { csr: byUser, other: x.items, ridges: userRidges, allPairs, dual: null }
      : { csr: byItem, other: x.users, ridges: itemRidges, allPairs, dual: null };
  }

  *#dualBasis(side: Side, x: Point, allPairs: Float64Array | null): Generator<void, DualBasis | null, void> {
    const factors = x[otherSide(side)];
    if (allPairs === null) return { rotated: factors, eigenvalues: this.#noEigenvalues, accuracy: 0, q: null };
    if (!this.#setup.isDualWorthwhile[side]) return null;
    const basis = this.#dualBases.diagonalize(allPairs);
    const nRows = factors.length / this.#setup.nFactors;
    yield* this.#pass(Math.ceil(nRows / ROTATED_ROWS_PER_BLOCK), (block) => {
      const from = block * ROTATED_ROWS_PER_BLOCK;
      this.#dualBases.rotate(factors, from, Math.min(nRows, from + ROTATED_ROWS_PER_BLOCK));
    });
    return basis;
  }

  /** α₀G of one side of a point; null without an all-pairs term. */
  *#allPairsOf(side: Side, x: Point, place: 0 | 1 | 2): Generator<void, Float64Array | null, void> {
    const { alpha0, partialGramians, nFactors, userGramianBlocks, itemGramianBlocks } = this.#setup;
    if (alpha0 === 0) return null;
    const size = stripWidth(nFactors) ** 2;
    const starts = side === 'users' ? userGramianBlocks : itemGramianBlocks;
    yield* this.#pass(N_GRAMIAN_BLOCKS, (block) => {
      const at = (3 * block + place) * size;
      this.#gramians.gramian(x[side], starts[block]!, starts[block + 1]!, partialGramians, at);
    });
    const sum = this.#allPairs[place].fill(0);
    for (let block = 0; block < N_GRAMIAN_BLOCKS; block++) {
      const at = (3 * block + place) * size;
      for (let i = 0; i < size; i++) sum[i]! += alpha0 * partialGramians[at + i]!;
    }
    return sum;
  }

  *#combine({ out, a, x, b, y }: Extract<Command, { kind: 'combine' }>): Generator<void, void, void> {
    const [to, left, right] = [this.#point(out).all, this.#point(x).all, this.#point(y).all];
    yield* this.#pass(elementBlocks(to.length), (block) => {
      const end = Math.min(to.length, (block + 1) * ELEMENTS_PER_BLOCK);
      for (let i = block * ELEMENTS_PER_BLOCK; i < end; i++) to[i] = a * left[i]! + b * right[i]!;
    });
  }

  *#searchLine(x: Point, p: Point): Generator<void, void, void> {
    const { byUser, userBlocks, itemBlocks, userRidges, itemRidges, partialSums, alpha0 } = this.#setup;
    const users = { x: x.users, p: p.users };
    const items = { x: x.items, p: p.items };
    const nUserBlocks = userBlocks.length - 1;
    yield* this.#pass(nUserBlocks + itemBlocks.length - 1, (block) => {
      const at = N_LINE_SEARCH_SUMS * block;
      partialSums.fill(0, at, at + N_LINE_SEARCH_SUMS);
      const isUsers = block < nUserBlocks;
      const from = isUsers ? userBlocks[block]! : itemBlocks[block - nUserBlocks]!;
      const to = isUsers ? userBlocks[block + 1]! : itemBlocks[block - nUserBlocks + 1]!;
      if (isUsers) this.#lineSearch.addObserved(byUser, users, items, from, to, partialSums, at);
      this.#lineSearch.addRidges(isUsers ? userRidges : itemRidges, isUsers ? users : items, from, to, partialSums, at);
    });
    if (alpha0 > 0) yield* this.#rayGramians(users, items);
  }

  *#rayGramians(users: Ray, items: Ray): Generator<void, void, void> {
    const { partialGramians, nFactors, userGramianBlocks, itemGramianBlocks } = this.#setup;
    const size = stripWidth(nFactors) ** 2;
    yield* this.#pass(2 * N_GRAMIAN_BLOCKS, (block) => {
      const [{ x, p }, starts] = block < N_GRAMIAN_BLOCKS ? [users, userGramianBlocks] : [items, itemGramianBlocks];
      const i = block % N_GRAMIAN_BLOCKS;
      this.#gramians.rayGramians(x, p, starts[i]!, starts[i + 1]!, partialGramians, 3 * block * size);
    });
  }

  *#dots(pairs: readonly [number, number][]): Generator<void, void, void> {
    const { partialSums } = this.#setup;
    const vectors = pairs.map(([x, y]) => [this.#point(x).all, this.#point(y).all] as const);
    const length = vectors[0]?.[0].length ?? 0;
    const nBlocks = elementBlocks(length);
    yield* this.#pass(nBlocks, (block) => {
      const end = Math.min(length, (block + 1) * ELEMENTS_PER_BLOCK);
      vectors.forEach(([x, y], pair) => {
        partialSums[pair * nBlocks + block] = dot(x, y, block * ELEMENTS_PER_BLOCK, end);
      });
    });
  }

  *#forRows(starts: Uint32Array, work: (row: number) => void): Generator<void, void, void> {
    yield* this.#pass(starts.length - 1, (block) => {
      const end = starts[block + 1]!;
      for (let row = starts[block]!; row < end; row++) work(row);
    });
  }

  /** One pass over blocks, shared with the other lanes; over when all are done. */
  *#pass(nBlocks: number, work: (block: number) => void): Generator<void, void, void> {
    for (const block of this.#work.blocks(nBlocks)) {
      work(block);
      yield;
    }
    this.#work.meet();
  }

  #point(vector: number): Point {
    const point = this.#points.get(vector);
    if (point === undefined) throw new RangeError(`vector ${vector} was never allocated in this lane`);
    return point;
  }

  #pointIn(memory: ArrayBufferLike): Point {
    const { nFactors, byUser } = this.#setup;
    const all = new Float32Array(memory);
    const nUserFactors = byUser.nRows * nFactors;
    return { all, users: all.subarray(0, nUserFactors), items: all.subarray(nUserFactors) };
  }
}

/** Blocks of `combine` and `dots` over vectors of this length. */
export function elementBlocks(length: number): number {
  return Math.ceil(length / ELEMENTS_PER_BLOCK);
}

/** Σ x_i y_i over from…to−1 in double precision; four sums, which the processor keeps under way at once. */
function dot(x: Float32Array, y: Float32Array, from: number, to: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = from;
  for (; i + 4 <= to; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (; i < to; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}
