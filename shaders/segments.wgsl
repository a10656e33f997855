// Prelude: observed pairs of some rows of one side, cut into segments of up to 1,024, and what kernels over them share.
//
// One dispatch takes segments whose other side lies in one buffer, longest first, so that neighbours are alike.

/// Tiles along a side of A: k / 8, rounded up.
override N_TILE_ROWS: u32;
/// False where every confidence c is 1.
override IS_WEIGHTED: bool;

/// Vectors of four in a row of factors.
override N_CHUNKS: u32 = 2u * N_TILE_ROWS;

/// Must be kept in sync with SEGMENT_WORDS in shared/recommender/backends/webgpu/row-blocks.ts.
struct Segment {
  /// Within the buffer that holds the row's own factors.
  row: u32,
  first_entry: u32,
  n_entries: u32,
  slot: u32,
}

/// Must be kept in sync with DeviceBatch in shared/recommender/backends/webgpu/device-rows.ts.
struct Batch {
  n_segments: u32,
  /// Column whose factors stand first in the other side's buffer.
  first_other: u32,
  /// Of the buffer `entries`.
  n_entries: u32,
}

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<storage, read> segments: array<Segment>;
/// Columns of all entries, then their values, then their confidences if there are any.
@group(0) @binding(2) var<storage, read> entries: array<u32>;

/// Where the other side's factors of an entry begin in their buffer.
fn other_at(entry: u32) -> u32 {
  return (entries[entry] - batch.first_other) * N_CHUNKS;
}

fn value_of(entry: u32) -> f32 {
  return bitcast<f32>(entries[batch.n_entries + entry]);
}

fn weight_of(entry: u32) -> f32 {
  if (IS_WEIGHTED) {
    return bitcast<f32>(entries[2u * batch.n_entries + entry]);
  }
  return 1.0;
}
