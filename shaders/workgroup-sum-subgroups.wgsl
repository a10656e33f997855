// Prelude: sums over the 256 threads of a workgroup, within subgroups first; always in the same order.
//
// Barriers: two. Shared memory: 1 KiB.
// Takes the place of workgroup-sum.wgsl where the device has subgroups and gives their number.

enable subgroups;
requires subgroup_id;

const WG_SIZE = 256u;
/// Subgroups have four threads at least.
const MAX_SUBGROUPS = WG_SIZE / 4u;

/// A thread of a workgroup.
struct Thread {
  @builtin(local_invocation_index) index: u32,
  @builtin(subgroup_id) subgroup: u32,
  @builtin(num_subgroups) n_subgroups: u32,
  @builtin(subgroup_invocation_id) lane: u32,
}

var<workgroup> sh_sums: array<vec4f, MAX_SUBGROUPS>;

/// The sum of all threads' values, returned to thread 0 only. All threads call it together.
fn workgroup_sum(value: vec4f, thread: Thread) -> vec4f {
  let subgroup_sum = subgroupAdd(value);
  if (thread.lane == 0u) {
    sh_sums[thread.subgroup] = subgroup_sum;
  }
  workgroupBarrier();
  var sum = vec4f();
  if (thread.index == 0u) {
    for (var i = 0u; i < thread.n_subgroups; i++) {
      sum += sh_sums[i];
    }
  }
  workgroupBarrier();
  return sum;
}
