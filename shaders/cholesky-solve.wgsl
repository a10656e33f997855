// Solves A x = b for each row of a block, A = Σ c v vᵀ + α₀G + ridge·I, by Cholesky factorization A = UᵀU in 8×8 tiles;
// and, where asked, g = 2(A u − b), the gradient of the loss with respect to the row's factors u so far.
//
// Dispatch: a workgroup takes N_TEAMS rows; a team of N_TILES threads holds the upper triangle of one A, each thread an
//   8×8 tile in registers, which becomes a tile of U. Linear over a 2-D grid.
// Shared memory: N_TEAMS × (296·N_TILE_ROWS + 4) + 4 bytes: one row of tiles, the right-hand side, the diagonal.
// Tolerance: residual ‖A x − b‖ ≤ 1e-5·‖b‖ for well-conditioned A. A singular A gets JITTER × its mean diagonal added.
// With row-table.wgsl, row-block.wgsl and register-tile.wgsl before it.

override N_TEAMS: u32;
override WITH_GRADIENT: bool;

override N_TILES: u32 = N_TILE_ROWS * (N_TILE_ROWS + 1u) / 2u;
override N_THREADS: u32 = N_TEAMS * N_TILES;
/// As in normal-equations.wgsl.
override SLOT_SIZE: u32 = TILE_VECTORS * N_TILES + N_CHUNKS;

/// A pivot this small against the largest diagonal element is rounding noise in single precision.
const SINGULAR_PIVOT = 1e-6;
/// What a singular A gets on its diagonal, against the mean of it: above rounding, below what a solution shows.
const JITTER = 4e-6;

@group(0) @binding(2) var<storage, read> slots: array<vec4f>;
@group(0) @binding(3) var<storage, read> all_pairs: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> solution: array<vec4f>;
@group(0) @binding(5) var<storage, read> own: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> gradient: array<vec4f>;

/// [team][tile column]: the row of tiles that is being eliminated, then tiles of U.
var<workgroup> sh_panel: array<vec4f, N_TEAMS * N_TILE_ROWS * TILE_VECTORS>;
/// [team][chunk]: b, then y with Uᵀy = b, then x.
var<workgroup> sh_y: array<vec4f, N_TEAMS * N_CHUNKS>;
/// [team][tile row]: largest and sum of the diagonal of A.
var<workgroup> sh_diagonal: array<vec2f, N_TEAMS * N_TILE_ROWS>;
/// [team]: 1 when a pivot was noise.
var<workgroup> sh_is_singular: array<u32, N_TEAMS>;
var<workgroup> sh_any_singular: u32;

/// Factors the tile at `at` in place, and solves for its part of y at `y_at`. On the diagonal stays 1 / U_rr.
fn factor_diagonal_tile(at: u32, y_at: u32, first_factor: u32, smallest: f32, floor: f32) -> bool {
  var is_singular = false;
  for (var r = 0u; r < 8u; r++) {
    var pivot = sh_panel[at + 2u * r + r / 4u][r % 4u];
    if (first_factor + r < block.n_factors && !(pivot > smallest)) {
      is_singular = true;
      pivot = floor;
    }
    let inverse = inverseSqrt(pivot);
    // Only what lies right of the diagonal, so that no other row below needs a condition.
    let right0 = select(vec4f(), sh_panel[at + 2u * r] * inverse, vec4u(0, 1, 2, 3) > vec4u(r));
    let right1 = select(vec4f(), sh_panel[at + 2u * r + 1u] * inverse, vec4u(4, 5, 6, 7) > vec4u(r));
    let y = sh_y[y_at + r / 4u][r % 4u] * inverse;
    sh_panel[at + 2u * r] = right0;
    sh_panel[at + 2u * r + 1u] = right1;
    for (var i = r + 1u; i < 8u; i++) {
      let factor = select(right0[i % 4u], right1[i % 4u], i >= 4u);
      sh_panel[at + 2u * i] -= factor * right0;
      sh_panel[at + 2u * i + 1u] -= factor * right1;
    }
    sh_y[y_at] -= y * right0;
    sh_y[y_at + 1u] -= y * right1;
    sh_panel[at + 2u * r + r / 4u][r % 4u] = inverse;
    sh_y[y_at + r / 4u][r % 4u] = y;
  }
  return is_singular;
}

/// X ← U⁻ᵀX for the tile X at `at` and the factored tile U at `diagonal`; and takes Xᵀy off the right-hand side.
fn solve_panel_tile(at: u32, diagonal: u32, y_from: u32, y_to: u32) {
  for (var r = 0u; r < 8u; r++) {
    let u0 = sh_panel[diagonal + 2u * r];
    let u1 = sh_panel[diagonal + 2u * r + 1u];
    let inverse = select(u0[r % 4u], u1[r % 4u], r >= 4u);
    let x0 = sh_panel[at + 2u * r] * inverse;
    let x1 = sh_panel[at + 2u * r + 1u] * inverse;
    sh_panel[at + 2u * r] = x0;
    sh_panel[at + 2u * r + 1u] = x1;
    for (var i = r + 1u; i < 8u; i++) {
      let factor = select(u0[i % 4u], u1[i % 4u], i >= 4u);
      sh_panel[at + 2u * i] -= factor * x0;
      sh_panel[at + 2u * i + 1u] -= factor * x1;
    }
    let y = sh_y[y_from + r / 4u][r % 4u];
    sh_y[y_to] -= y * x0;
    sh_y[y_to + 1u] -= y * x1;
  }
}

/// tile · x for x = (x0, x1).
fn times(tile: ptr<function, Tile>, x0: vec4f, x1: vec4f) -> array<vec4f, 2> {
  return array(
    vec4f(
      dot((*tile)[0], x0) + dot((*tile)[1], x1),
      dot((*tile)[2], x0) + dot((*tile)[3], x1),
      dot((*tile)[4], x0) + dot((*tile)[5], x1),
      dot((*tile)[6], x0) + dot((*tile)[7], x1),
    ),
    vec4f(
      dot((*tile)[8], x0) + dot((*tile)[9], x1),
      dot((*tile)[10], x0) + dot((*tile)[11], x1),
      dot((*tile)[12], x0) + dot((*tile)[13], x1),
      dot((*tile)[14], x0) + dot((*tile)[15], x1),
    ),
  );
}

/// tileᵀ · x.
fn times_transposed(tile: ptr<function, Tile>, x0: vec4f, x1: vec4f) -> array<vec4f, 2> {
  return array(
    x0.x * (*tile)[0] + x0.y * (*tile)[2] + x0.z * (*tile)[4] + x0.w * (*tile)[6]
      + x1.x * (*tile)[8] + x1.y * (*tile)[10] + x1.z * (*tile)[12] + x1.w * (*tile)[14],
    x0.x * (*tile)[1] + x0.y * (*tile)[3] + x0.z * (*tile)[5] + x0.w * (*tile)[7]
      + x1.x * (*tile)[9] + x1.y * (*tile)[11] + x1.z * (*tile)[13] + x1.w * (*tile)[15],
  );
}

/// tile += diag(d).
fn add_diagonal(tile: ptr<function, Tile>, d0: vec4f, d1: vec4f) {
  (*tile)[0].x += d0.x;
  (*tile)[2].y += d0.y;
  (*tile)[4].z += d0.z;
  (*tile)[6].w += d0.w;
  (*tile)[9].x += d1.x;
  (*tile)[11].y += d1.y;
  (*tile)[13].z += d1.z;
  (*tile)[15].w += d1.w;
}

/// One tile of A, without what singularity asks for. Padding stands as 1 on the diagonal, so that it solves to zero.
fn load_tile(slot: u32, index: u32, place: vec2u, row: Row) -> Tile {
  var tile = Tile();
  for (var v = 0u; v < TILE_VECTORS; v++) {
    if (row.n_entries > 0u) {
      tile[v] = slots[slot + v * N_TILES + index];
    }
    if (block.alpha0 > 0.0) {
      tile[v] += block.alpha0 * all_pairs[(v * N_TILE_ROWS + place.x) * N_TILE_ROWS + place.y];
    }
  }
  if (place.x == place.y) {
    let factor = vec4u(0, 1, 2, 3) + 8u * place.x;
    let ridge = vec4f(row.ridge);
    add_diagonal(&tile, select(vec4f(1), ridge, factor < vec4u(block.n_factors)), select(vec4f(1), ridge, factor + 4u < vec4u(block.n_factors)));
  }
  return tile;
}

/// g = 2(A u − b): every tile gives one part to the tile row it stands in and one to the tile row of its transpose.
fn write_gradient(tile: ptr<function, Tile>, place: vec2u, team: u32, at: u32, slot: u32, row: Row, is_row: bool) {
  let panel = team * N_TILE_ROWS * TILE_VECTORS;
  var g0 = vec4f();
  var g1 = vec4f();
  // sh_panel [tile row][8 sources][2] holds the parts from eight tile columns at a time.
  for (var first = 0u; first < N_TILE_ROWS; first += 8u) {
    if (is_row && place.y >= first && place.y - first < 8u) {
      let part = times(tile, own[at + 2u * place.y], own[at + 2u * place.y + 1u]);
      let to = panel + place.x * TILE_VECTORS + 2u * (place.y - first);
      sh_panel[to] = part[0];
      sh_panel[to + 1u] = part[1];
    }
    if (is_row && place.x >= first && place.x - first < 8u && place.x != place.y) {
      let part = times_transposed(tile, own[at + 2u * place.x], own[at + 2u * place.x + 1u]);
      let to = panel + place.y * TILE_VECTORS + 2u * (place.x - first);
      sh_panel[to] = part[0];
      sh_panel[to + 1u] = part[1];
    }
    workgroupBarrier();
    if (place.x == place.y) {
      for (var i = 0u; i < min(8u, N_TILE_ROWS - first); i++) {
        g0 += sh_panel[panel + place.x * TILE_VECTORS + 2u * i];
        g1 += sh_panel[panel + place.x * TILE_VECTORS + 2u * i + 1u];
      }
    }
    workgroupBarrier();
  }
  if (is_row && place.x == place.y) {
    if (row.n_entries > 0u) {
      g0 -= slots[slot + TILE_VECTORS * N_TILES + 2u * place.x];
      g1 -= slots[slot + TILE_VECTORS * N_TILES + 2u * place.x + 1u];
    }
    gradient[at + 2u * place.x] = 2.0 * g0;
    gradient[at + 2u * place.x + 1u] = 2.0 * g1;
  }
}

@compute @workgroup_size(N_THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = (group.y * n_groups.x + group.x) * N_TEAMS;
  if (first >= block.n_rows) {
    return;
  }
  let team = thread / N_TILES;
  let index = thread % N_TILES;
  let place = triangle_place(index);
  let is_diagonal = place.x == place.y;
  let is_row = first + team < block.n_rows;
  let slot = (first + team) * SLOT_SIZE;
  let at = (block.first_row + first + team) * N_CHUNKS;
  var row = Row();
  if (is_row) {
    row = rows[block.first_row + first + team];
  }
  let panel = team * N_TILE_ROWS * TILE_VECTORS;
  let y = team * N_CHUNKS;

  var tile = load_tile(slot, index, place, row);
  if (WITH_GRADIENT) {
    write_gradient(&tile, place, team, at, slot, row, is_row);
  }
  if (is_diagonal) {
    let factor = vec4u(0, 1, 2, 3) + 8u * place.x;
    let d0 = select(vec4f(), vec4f(tile[0].x, tile[2].y, tile[4].z, tile[6].w), factor < vec4u(block.n_factors));
    let d1 = select(vec4f(), vec4f(tile[9].x, tile[11].y, tile[13].z, tile[15].w), factor + 4u < vec4u(block.n_factors));
    let larger = max(d0, d1);
    sh_diagonal[team * N_TILE_ROWS + place.x] =
      vec2f(max(max(larger.x, larger.y), max(larger.z, larger.w)), dot(d0 + d1, vec4f(1)));
  }
  if (index == 0u) {
    sh_is_singular[team] = 0u;
  }
  workgroupBarrier();
  var largest = 0.0;
  var mean = 0.0;
  for (var i = 0u; i < N_TILE_ROWS; i++) {
    largest = max(largest, sh_diagonal[team * N_TILE_ROWS + i].x);
    mean += sh_diagonal[team * N_TILE_ROWS + i].y / f32(block.n_factors);
  }

  for (var attempt = 0u; attempt < 2u; attempt++) {
    var jitter = 0.0;
    if (attempt == 1u) {
      tile = load_tile(slot, index, place, row);
      if (sh_is_singular[team] == 1u) {
        jitter = JITTER * mean;
      }
      if (is_diagonal) {
        add_diagonal(&tile, vec4f(jitter), vec4f(jitter));
      }
    }
    let smallest = select(SINGULAR_PIVOT * largest, 0.5 * jitter, jitter > 0.0);
    // An A of nothing at all has no scale to jitter by.
    let floor = select(1.0, max(jitter, smallest), largest > 0.0);
    if (is_diagonal) {
      var b0 = vec4f();
      var b1 = vec4f();
      if (row.n_entries > 0u) {
        b0 = slots[slot + TILE_VECTORS * N_TILES + 2u * place.x];
        b1 = slots[slot + TILE_VECTORS * N_TILES + 2u * place.x + 1u];
      }
      sh_y[y + 2u * place.x] = b0;
      sh_y[y + 2u * place.x + 1u] = b1;
    }
    if (thread == 0u) {
      sh_any_singular = 0u;
    }

    for (var s = 0u; s < N_TILE_ROWS; s++) {
      let mine = panel + place.y * TILE_VECTORS;
      if (place.x == s) {
        for (var v = 0u; v < TILE_VECTORS; v++) {
          sh_panel[mine + v] = tile[v];
        }
      }
      workgroupBarrier();
      if (place.x == s && is_diagonal) {
        if (factor_diagonal_tile(mine, y + 2u * s, 8u * s, smallest, floor) && is_row && attempt == 0u) {
          sh_is_singular[team] = 1u;
          sh_any_singular = 1u;
        }
      }
      workgroupBarrier();
      if (place.x == s) {
        if (!is_diagonal) {
          solve_panel_tile(mine, panel + s * TILE_VECTORS, y + 2u * s, y + 2u * place.y);
        }
        for (var v = 0u; v < TILE_VECTORS; v++) {
          tile[v] = sh_panel[mine + v];
        }
      }
      workgroupBarrier();
      if (place.x > s) {
        for (var r = 0u; r < 8u; r++) {
          let left = panel + place.x * TILE_VECTORS + 2u * r;
          let right = mine + 2u * r;
          add_outer(&tile, -sh_panel[left], -sh_panel[left + 1u], sh_panel[right], sh_panel[right + 1u]);
        }
      }
      workgroupBarrier();
    }
    if (workgroupUniformLoad(&sh_any_singular) == 0u) {
      break;
    }
  }

  // U x = y, from the last tile row upwards.
  for (var i = 0u; i < N_TILE_ROWS; i++) {
    let s = N_TILE_ROWS - 1u - i;
    if (place.y == s && is_diagonal) {
      let y0 = sh_y[y + 2u * s];
      let y1 = sh_y[y + 2u * s + 1u];
      var x0 = vec4f();
      var x1 = vec4f();
      for (var j = 0u; j < 4u; j++) {
        let r = 3u - j;
        x1[r] = (y1[r] - dot(tile[9u + 2u * r], x1)) * tile[9u + 2u * r][r];
      }
      for (var j = 0u; j < 4u; j++) {
        let r = 3u - j;
        x0[r] = (y0[r] - dot(tile[2u * r], x0) - dot(tile[2u * r + 1u], x1)) * tile[2u * r][r];
      }
      sh_y[y + 2u * s] = x0;
      sh_y[y + 2u * s + 1u] = x1;
    }
    workgroupBarrier();
    if (place.y == s && !is_diagonal) {
      let known = times(&tile, sh_y[y + 2u * s], sh_y[y + 2u * s + 1u]);
      sh_y[y + 2u * place.x] -= known[0];
      sh_y[y + 2u * place.x + 1u] -= known[1];
    }
    workgroupBarrier();
  }
  if (is_row && is_diagonal) {
    // A row without observations is zero.
    let has_entries = row.n_entries > 0u;
    solution[at + 2u * place.x] = select(vec4f(), sh_y[y + 2u * place.x], has_entries);
    solution[at + 2u * place.x + 1u] = select(vec4f(), sh_y[y + 2u * place.x + 1u], has_entries);
  }
}
