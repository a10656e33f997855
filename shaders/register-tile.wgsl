// Prelude: an 8×8 tile of a matrix in registers, row i in the vectors 2i and 2i + 1.
//
// Indices are written out, so that no compiler puts the array into memory.

alias Tile = array<vec4f, 16>;

const TILE_VECTORS = 16u;

/// tile += a bᵀ, for a = (a0, a1) and b = (b0, b1).
fn add_outer(tile: ptr<function, Tile>, a0: vec4f, a1: vec4f, b0: vec4f, b1: vec4f) {
  (*tile)[0] = fma(a0.xxxx, b0, (*tile)[0]);
  (*tile)[1] = fma(a0.xxxx, b1, (*tile)[1]);
  (*tile)[2] = fma(a0.yyyy, b0, (*tile)[2]);
  (*tile)[3] = fma(a0.yyyy, b1, (*tile)[3]);
  (*tile)[4] = fma(a0.zzzz, b0, (*tile)[4]);
  (*tile)[5] = fma(a0.zzzz, b1, (*tile)[5]);
  (*tile)[6] = fma(a0.wwww, b0, (*tile)[6]);
  (*tile)[7] = fma(a0.wwww, b1, (*tile)[7]);
  (*tile)[8] = fma(a1.xxxx, b0, (*tile)[8]);
  (*tile)[9] = fma(a1.xxxx, b1, (*tile)[9]);
  (*tile)[10] = fma(a1.yyyy, b0, (*tile)[10]);
  (*tile)[11] = fma(a1.yyyy, b1, (*tile)[11]);
  (*tile)[12] = fma(a1.zzzz, b0, (*tile)[12]);
  (*tile)[13] = fma(a1.zzzz, b1, (*tile)[13]);
  (*tile)[14] = fma(a1.wwww, b0, (*tile)[14]);
  (*tile)[15] = fma(a1.wwww, b1, (*tile)[15]);
}

/// Place of a tile in the upper triangle (row ≤ column) of a matrix of tiles, counted down the columns.
fn triangle_place(index: u32) -> vec2u {
  var column = 0u;
  while ((column + 1u) * (column + 2u) / 2u <= index) {
    column++;
  }
  return vec2u(index - column * (column + 1u) / 2u, column);
}
