// Prelude: sums over the 256 threads of a workgroup, as a tree in shared memory; always in the same order.
//
// Shared memory: 4 KiB.

const WG_SIZE = 256u;

var<workgroup> sh_sums: array<vec4f, WG_SIZE>;

/// The sum of all threads' values, told to thread 0 only. To be called by all threads together.
fn workgroup_sum(value: vec4f, thread: u32) -> vec4f {
  sh_sums[thread] = value;
  for (var half = WG_SIZE / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sh_sums[thread] += sh_sums[thread + half];
    }
  }
  let sum = sh_sums[thread];
  workgroupBarrier();
  return sum;
}
