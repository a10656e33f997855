// Prelude: the rows of a block, which kernels finish when the sums over their observed pairs stand in slots.

override N_TILE_ROWS: u32;

/// Vectors of four in a row of factors.
override N_CHUNKS: u32 = 2u * N_TILE_ROWS;

/// Must be kept in sync with DeviceBlock in shared/recommender/backends/webgpu/device-rows.ts.
struct RowBlock {
  /// Within the buffer that holds the rows' factors.
  first_row: u32,
  n_rows: u32,
  /// k; the rest of the last tile is padding.
  n_factors: u32,
  /// 0 without an all-pairs term; then `all_pairs` is not read.
  alpha0: f32,
}

@group(0) @binding(0) var<uniform> block: RowBlock;
@group(0) @binding(1) var<storage, read> rows: array<Row>;
