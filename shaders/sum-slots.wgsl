// Adds up the parts of what was computed in several: slot[target] += Σ slot[first] … slot[first + count − 1].
//
// For the segments of heavy rows (normal equations, gradients) and the partial sums of a Gramian.
// Dispatch: a thread per vector of four and sum, 64 to a workgroup; linear over a 2-D grid.
// Shared memory: none.
// Tolerance: 1e-5 relative for ten thousand equal parts: sums of 32 are added up, so that fewer roundings lean one way.

/// Vectors of four in a slot.
override SLOT_SIZE: u32;

const WG_SIZE = 64u;
const RUN = 32u;

override GROUPS_PER_SLOT: u32 = (SLOT_SIZE + WG_SIZE - 1u) / WG_SIZE;

/// Must be kept in sync with SLOT_SUM_WORDS in shared/recommender/backends/webgpu/row-blocks.ts.
struct SlotSum {
  target_slot: u32,
  first: u32,
  count: u32,
}

@group(0) @binding(0) var<storage, read> sums: array<SlotSum>;
@group(0) @binding(1) var<storage, read_write> slots: array<vec4f>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let linear = group.y * n_groups.x + group.x;
  let at = linear / GROUPS_PER_SLOT;
  let element = linear % GROUPS_PER_SLOT * WG_SIZE + thread;
  if (at >= arrayLength(&sums) || element >= SLOT_SIZE) {
    return;
  }
  let sum = sums[at];
  let end = sum.first + sum.count;
  var total = slots[sum.target_slot * SLOT_SIZE + element];
  for (var from_slot = sum.first; from_slot < end; from_slot += RUN) {
    var part = vec4f();
    for (var slot = from_slot; slot < min(from_slot + RUN, end); slot++) {
      part += slots[slot * SLOT_SIZE + element];
    }
    total += part;
  }
  slots[sum.target_slot * SLOT_SIZE + element] = total;
}
