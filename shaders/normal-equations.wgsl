// Normal equations of least squares rows: A = Σ c v vᵀ and b = Σ c r v over the entries of one segment each.
//
// A row of up to 1,024 entries is one segment; a heavier one, or one whose other side lies in several buffers, has several,
// which sum-slots.wgsl adds up.
// Dispatch: a workgroup takes N_TEAMS segments, which are sorted by length so that its teams walk in step; a team of
//   N_TILES threads holds the upper triangle of one A, each thread an 8×8 tile in registers. Linear over a 2-D grid.
// Shared memory: N_TEAMS × PANEL × (32·N_TILE_ROWS + 8) bytes: PANEL entries' factors of each team.
// Tolerance: 1e-5 of the largest element (single-precision sums of up to 1,024 products).
// With segments.wgsl and register-tile.wgsl before it.

override N_TEAMS: u32;
/// Entries staged at a time, per team.
override PANEL: u32;

override N_TILES: u32 = N_TILE_ROWS * (N_TILE_ROWS + 1u) / 2u;
override N_THREADS: u32 = N_TEAMS * N_TILES;
/// Vectors of four in a slot: the tiles of A, interleaved so that neighbouring threads write neighbouring vectors; then b.
override SLOT_SIZE: u32 = TILE_VECTORS * N_TILES + N_CHUNKS;

@group(0) @binding(3) var<storage, read> other_factors: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> slots: array<vec4f>;

/// [team][entry][chunk]
var<workgroup> sh_columns: array<vec4f, N_TEAMS * PANEL * N_CHUNKS>;
/// [team][entry]: c and c·r; zero past the end of a segment.
var<workgroup> sh_coefficients: array<vec2f, N_TEAMS * PANEL>;

fn stage(first_segment: u32, from_entry: u32, thread: u32) {
  for (var i = thread; i < N_TEAMS * PANEL * N_CHUNKS; i += N_THREADS) {
    let place = i / N_CHUNKS;
    let at = first_segment + place / PANEL;
    let entry = from_entry + place % PANEL;
    let chunk = i % N_CHUNKS;
    var column = vec4f();
    var coefficients = vec2f();
    if (at < batch.n_segments && entry < segments[at].n_entries) {
      let e = segments[at].first_entry + entry;
      column = other_factors[other_at(e) + chunk];
      if (chunk == 0u) {
        coefficients = weight_of(e) * vec2f(1.0, value_of(e));
      }
    }
    sh_columns[i] = column;
    if (chunk == 0u) {
      sh_coefficients[place] = coefficients;
    }
  }
}

@compute @workgroup_size(N_THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first_segment = (group.y * n_groups.x + group.x) * N_TEAMS;
  if (first_segment >= batch.n_segments) {
    return;
  }
  let team = thread / N_TILES;
  let tile_index = thread % N_TILES;
  let place = triangle_place(tile_index);
  let is_diagonal = place.x == place.y;

  var tile = Tile();
  var b0 = vec4f();
  var b1 = vec4f();
  let longest = segments[first_segment].n_entries;
  for (var from_entry = 0u; from_entry < longest; from_entry += PANEL) {
    stage(first_segment, from_entry, thread);
    workgroupBarrier();
    for (var entry = 0u; entry < PANEL; entry++) {
      let at = team * PANEL + entry;
      let row = at * N_CHUNKS + 2u * place.x;
      let column = at * N_CHUNKS + 2u * place.y;
      var a0 = sh_columns[row];
      var a1 = sh_columns[row + 1u];
      if (is_diagonal) {
        let weighted_rating = vec4f(sh_coefficients[at].y);
        b0 = fma(weighted_rating, a0, b0);
        b1 = fma(weighted_rating, a1, b1);
      }
      if (IS_WEIGHTED) {
        a0 *= sh_coefficients[at].x;
        a1 *= sh_coefficients[at].x;
      }
      add_outer(&tile, a0, a1, sh_columns[column], sh_columns[column + 1u]);
    }
    workgroupBarrier();
  }

  if (first_segment + team >= batch.n_segments) {
    return;
  }
  let slot = segments[first_segment + team].slot * SLOT_SIZE;
  for (var v = 0u; v < TILE_VECTORS; v++) {
    slots[slot + v * N_TILES + tile_index] = tile[v];
  }
  if (is_diagonal) {
    let b = slot + TILE_VECTORS * N_TILES + 2u * place.x;
    slots[b] = b0;
    slots[b + 1u] = b1;
  }
}
