/** One thing that a shopper rated, saw or bought. */
export interface SeenItem {
  /** Dense item index of the model. */
  item: number;
  /** Rating (explicit) or count (implicit), as in training. */
  value: number;
}

export interface ScoredItem {
  item: number;
  score: number;
}

/** A seen item and what it adds to a score. */
export interface Reason {
  item: number;
  contribution: number;
}

export interface TopKOptions {
  k: number;
  /** Item indices that must not be recommended, in any order. */
  exclude?: Iterable<number>;
}

export interface BatchTopKOptions {
  k: number;
  /** By row of the users, the items that must not be recommended. */
  exclude(user: number): ReadonlySet<number>;
}

/** Scores a trained model: on the server, or on a phone that never trains. */
export interface Scorer {
  /** The factors [k] of a user who has seen these items, exactly as one ALS row solve gives them; zeros for a user who has seen none. */
  foldIn(seen: readonly SeenItem[]): Promise<Float64Array>;
  /** The k best items for user factors [k], best first. */
  topK(user: ArrayLike<number>, options: TopKOptions): Promise<ScoredItem[]>;
  /** As `topK` for each row of factors [n × k]. */
  topKBatch(users: Float64Array, options: BatchTopKOptions): Promise<ScoredItem[][]>;
  /** The k items nearest by cosine, best first, without the item itself. */
  similar(item: number, k: number): Promise<ScoredItem[]>;
  /**
   * For each of `items`, the seen items that add most to its folded-in score, `n` at most, largest first; those of all sum
   * to foldIn(seen)·item (Hu, Koren & Volinsky 2008, §5).
   */
  explain(items: readonly number[], seen: readonly SeenItem[], n: number): Promise<Reason[][]>;
}
