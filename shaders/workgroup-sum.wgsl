// Prelude: sums over the 256 threads of a workgroup, as a tree in shared memory; always in the same order.
//
// Barriers: nine. Shared memory: 4 KiB.
// workgroup-sum-subgroups.wgsl has the same functions for devices with subgroups.

const WG_SIZE = 256u;

/// A thread of a workgroup.
struct Thread {
  @builtin(local_invocation_index) index: u32,
}

var<workgroup> sh_sums: array<vec4f, WG_SIZE>;

/// The sum of all threads' values, returned to thread 0 only. All threads call it together.
fn workgroup_sum(value: vec4f, thread: Thread) -> vec4f {
  sh_sums[thread.index] = value;
  for (var half = WG_SIZE / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread.index < half) {
      sh_sums[thread.index] += sh_sums[thread.index + half];
    }
  }
  let sum = sh_sums[thread.index];
  workgroupBarrier();
  return sum;
}
