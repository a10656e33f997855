// The gradient of a block's rows: g = 2[Σ c (u·v − r) v + α₀G u + ridge·u], the sum being what row-gradient.wgsl left.
//
// Dispatch: a thread per row and vector of four factors, 64 to a workgroup; linear over a 2-D grid.
// Shared memory: none.
// Tolerance: 1e-5 of the largest element.
// With row-table.wgsl and row-block.wgsl before it.

const WG_SIZE = 64u;

override N_TILES: u32 = N_TILE_ROWS * N_TILE_ROWS;

@group(0) @binding(2) var<storage, read> slots: array<vec4f>;
/// G, in the tiles of gramian.wgsl.
@group(0) @binding(3) var<storage, read> all_pairs: array<vec4f>;
@group(0) @binding(4) var<storage, read> x: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> gradient: array<vec4f>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = (group.y * n_groups.x + group.x) * WG_SIZE + thread;
  let r = at / N_CHUNKS;
  let chunk = at % N_CHUNKS;
  if (r >= block.n_rows) {
    return;
  }
  let row = rows[block.first_row + r];
  let u = (block.first_row + r) * N_CHUNKS;
  var g = row.ridge * x[u + chunk];
  if (row.n_entries > 0u) {
    g += slots[at];
  }
  if (block.alpha0 > 0.0) {
    // Rows 4·(chunk mod 2) … + 3 of the tile row chunk / 2.
    var product = vec4f();
    for (var i = 0u; i < 4u; i++) {
      let vector = 2u * (4u * (chunk % 2u) + i);
      for (var column = 0u; column < N_TILE_ROWS; column++) {
        let tile = chunk / 2u * N_TILE_ROWS + column;
        product[i] += dot(all_pairs[vector * N_TILES + tile], x[u + 2u * column])
          + dot(all_pairs[(vector + 1u) * N_TILES + tile], x[u + 2u * column + 1u]);
      }
    }
    g += block.alpha0 * product;
  }
  gradient[u + chunk] = 2.0 * g;
}
