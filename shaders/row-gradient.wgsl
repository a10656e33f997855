// The observed part of a row's gradient, Σ c (u·v − r) v over the entries of one segment each, without building A.
//
// Dispatch: a workgroup takes 8 segments, sorted by length; in a team of 32 lanes first each lane computes the error of
//   one entry, then each lane sums one vector of four factors over these entries. Linear over a 2-D grid.
// Shared memory: 256·N_TILE_ROWS bytes + 2 KiB.
// Tolerance: 1e-5 of the largest element.
// With segments.wgsl before it.

const N_TEAMS = 8u;
const N_LANES = 32u;
const WG_SIZE = N_TEAMS * N_LANES;

@group(0) @binding(3) var<storage, read> own_factors: array<vec4f>;
@group(0) @binding(4) var<storage, read> other_factors: array<vec4f>;
/// [slot][chunk]
@group(0) @binding(5) var<storage, read_write> slots: array<vec4f>;

/// [team][chunk]: the rows' own factors u.
var<workgroup> sh_own: array<vec4f, N_TEAMS * N_CHUNKS>;
/// [team][lane]: c (u·v − r) of an entry, and where v begins.
var<workgroup> sh_error: array<f32, WG_SIZE>;
var<workgroup> sh_other: array<u32, WG_SIZE>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first_segment = (group.y * n_groups.x + group.x) * N_TEAMS;
  if (first_segment >= batch.n_segments) {
    return;
  }
  let team = thread / N_LANES;
  let lane = thread % N_LANES;
  var segment = Segment();
  if (first_segment + team < batch.n_segments) {
    segment = segments[first_segment + team];
  }
  if (lane < N_CHUNKS) {
    sh_own[team * N_CHUNKS + lane] = own_factors[segment.row * N_CHUNKS + lane];
  }
  workgroupBarrier();

  var g = vec4f();
  let longest = segments[first_segment].n_entries;
  for (var from_entry = 0u; from_entry < longest; from_entry += N_LANES) {
    let n = min(N_LANES, segment.n_entries - min(from_entry, segment.n_entries));
    if (lane < n) {
      let e = segment.first_entry + from_entry + lane;
      let other = other_at(e);
      var error = -value_of(e);
      for (var chunk = 0u; chunk < N_CHUNKS; chunk++) {
        error += dot(sh_own[team * N_CHUNKS + chunk], other_factors[other + chunk]);
      }
      sh_error[thread] = weight_of(e) * error;
      sh_other[thread] = other;
    }
    workgroupBarrier();
    if (lane < N_CHUNKS) {
      for (var i = 0u; i < n; i++) {
        g += sh_error[team * N_LANES + i] * other_factors[sh_other[team * N_LANES + i] + lane];
      }
    }
    workgroupBarrier();
  }
  if (first_segment + team < batch.n_segments && lane < N_CHUNKS) {
    slots[segment.slot * N_CHUNKS + lane] = g;
  }
}
