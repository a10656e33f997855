// Regularisation along a line: Σ ridge_r x_r·x_r, Σ ridge_r x_r·p_r, Σ ridge_r p_r·p_r over all rows of two vectors.
//
// Dispatch: any number of workgroups in one dimension, which stride over vectors of four.
// Shared memory: that of the sum.
// Tolerance: 1e-6 of the sum of absolute values; the host adds the workgroups' sums in double precision.
// With workgroup-sum.wgsl (or its variant for subgroups) and row-table.wgsl before it.

override N_TILE_ROWS: u32;

override N_CHUNKS: u32 = 2u * N_TILE_ROWS;

@group(0) @binding(0) var<storage, read> rows: array<Row>;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> p: array<vec4f>;
/// [workgroup]: (xx, xp, pp, 0)
@group(0) @binding(3) var<storage, read_write> partial_sums: array<vec4f>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  thread: Thread,
) {
  var sums = vec4f();
  for (var i = group.x * WG_SIZE + thread.index; i < arrayLength(&x); i += n_groups.x * WG_SIZE) {
    let ridge = rows[i / N_CHUNKS].ridge;
    sums += ridge * vec4f(dot(x[i], x[i]), dot(x[i], p[i]), dot(p[i], p[i]), 0.0);
  }
  let total = workgroup_sum(sums, thread);
  if (thread.index == 0u) {
    partial_sums[group.x] = total;
  }
}
