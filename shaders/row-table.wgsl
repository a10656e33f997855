// Prelude: what is known of a row beside its observed pairs.

/// Must be kept in sync with ROW_WORDS in shared/recommender/backends/webgpu/row-table.ts.
struct Row {
  /// λ·w, what stands on the diagonal of A.
  ridge: f32,
  /// Observed pairs. Without any, the row's slot is not read.
  n_entries: u32,
}
