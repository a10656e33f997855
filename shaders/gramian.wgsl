// Gramian Σ_r x_r y_rᵀ of rows of one side of two vectors, in parts that sum-slots.wgsl adds up.
//
// Dispatch: workgroup p takes rows p·rows_per_group … and writes slot first_slot + p; thread t holds the 8×8 tile t of the whole matrix
//   in registers. Linear over a 2-D grid.
// Shared memory: 512·N_TILE_ROWS bytes: 8 rows of x and of y.
// Tolerance: 1e-5 of the largest element.
// With register-tile.wgsl before it.

override N_TILE_ROWS: u32;

/// Rows staged at a time.
const PANEL = 8u;

override N_TILES: u32 = N_TILE_ROWS * N_TILE_ROWS;
override N_CHUNKS: u32 = 2u * N_TILE_ROWS;

/// Must be kept in sync with shared/recommender/backends/webgpu/gramian.ts.
struct Rows {
  n_rows: u32,
  rows_per_group: u32,
  /// Slot of the first workgroup: rows in other buffers have the slots before.
  first_slot: u32,
}

@group(0) @binding(0) var<uniform> rows: Rows;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
/// [part][vector of a tile][tile row][tile column]
@group(0) @binding(3) var<storage, read_write> slots: array<vec4f>;

var<workgroup> sh_x: array<vec4f, PANEL * N_CHUNKS>;
var<workgroup> sh_y: array<vec4f, PANEL * N_CHUNKS>;

@compute @workgroup_size(N_TILES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let part = group.y * n_groups.x + group.x;
  let first = part * rows.rows_per_group;
  if (first >= rows.n_rows) {
    return;
  }
  let end = min(first + rows.rows_per_group, rows.n_rows);
  let row = 2u * (thread / N_TILE_ROWS);
  let column = 2u * (thread % N_TILE_ROWS);
  var tile = Tile();
  for (var from_row = first; from_row < end; from_row += PANEL) {
    for (var i = thread; i < PANEL * N_CHUNKS; i += N_TILES) {
      var xi = vec4f();
      var yi = vec4f();
      if (from_row + i / N_CHUNKS < end) {
        xi = x[from_row * N_CHUNKS + i];
        yi = y[from_row * N_CHUNKS + i];
      }
      sh_x[i] = xi;
      sh_y[i] = yi;
    }
    workgroupBarrier();
    for (var r = 0u; r < PANEL; r++) {
      let at = r * N_CHUNKS;
      add_outer(&tile, sh_x[at + row], sh_x[at + row + 1u], sh_y[at + column], sh_y[at + column + 1u]);
    }
    workgroupBarrier();
  }
  for (var v = 0u; v < TILE_VECTORS; v++) {
    slots[((rows.first_slot + part) * TILE_VECTORS + v) * N_TILES + thread] = tile[v];
  }
}
