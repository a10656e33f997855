// Inner product of two vectors, in one part per workgroup.
//
// Dispatch: any number of workgroups in one dimension, which stride over vectors of four.
// Shared memory: that of the sum.
// Tolerance: 1e-6 of the sum of absolute values; the host adds the parts in double precision.
// With workgroup-sum.wgsl (or its variant for subgroups) before it.

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> y: array<vec4f>;
/// [workgroup]: four parts each
@group(0) @binding(2) var<storage, read_write> partial_sums: array<vec4f>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  thread: Thread,
) {
  var sums = vec4f();
  for (var i = group.x * WG_SIZE + thread.index; i < arrayLength(&x); i += n_groups.x * WG_SIZE) {
    sums += x[i] * y[i];
  }
  let total = workgroup_sum(sums, thread);
  if (thread.index == 0u) {
    partial_sums[group.x] = total;
  }
}
