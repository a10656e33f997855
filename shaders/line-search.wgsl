// Sums over observed pairs for the quartic L(x + αp): Σce², Σces, Σc(s² + 2et), Σcst, Σct² with e = u·v − r,
// s = u·q + p·v, t = p·q.
//
// Dispatch: a workgroup takes 8 segments, a team of 32 lanes each; a lane computes whole entries. Linear over a 2-D grid.
// Shared memory: 512·N_TILE_ROWS bytes, and that of the sum.
// Tolerance: 1e-6 of the sum of absolute values; the host adds the workgroups' sums in double precision.
// With workgroup-sum.wgsl (or its variant for subgroups) and segments.wgsl before it.

const N_TEAMS = 8u;
const N_LANES = WG_SIZE / N_TEAMS;

@group(0) @binding(3) var<storage, read> own_x: array<vec4f>;
@group(0) @binding(4) var<storage, read> own_p: array<vec4f>;
@group(0) @binding(5) var<storage, read> other_x: array<vec4f>;
@group(0) @binding(6) var<storage, read> other_p: array<vec4f>;
/// [workgroup][2]: (Σce², Σces, Σc(s² + 2et), Σcst), (Σct², 0, 0, 0)
@group(0) @binding(7) var<storage, read_write> partial_sums: array<vec4f>;

/// [team][chunk]
var<workgroup> sh_u: array<vec4f, N_TEAMS * N_CHUNKS>;
var<workgroup> sh_p: array<vec4f, N_TEAMS * N_CHUNKS>;

@compute @workgroup_size(WG_SIZE)
fn main(
  @builtin(workgroup_id) group_id: vec3u,
  @builtin(num_workgroups) n_groups: vec3u,
  thread: Thread,
) {
  let group = group_id.y * n_groups.x + group_id.x;
  let first_segment = group * N_TEAMS;
  if (first_segment >= batch.n_segments) {
    return;
  }
  let team = thread.index / N_LANES;
  let lane = thread.index % N_LANES;
  var segment = Segment();
  if (first_segment + team < batch.n_segments) {
    segment = segments[first_segment + team];
  }
  if (lane < N_CHUNKS) {
    sh_u[team * N_CHUNKS + lane] = own_x[segment.row * N_CHUNKS + lane];
    sh_p[team * N_CHUNKS + lane] = own_p[segment.row * N_CHUNKS + lane];
  }
  workgroupBarrier();

  var sums = vec4f();
  var tt = 0.0;
  for (var entry = lane; entry < segment.n_entries; entry += N_LANES) {
    let at = segment.first_entry + entry;
    let other = other_at(at);
    var e = -value_of(at);
    var s = 0.0;
    var t = 0.0;
    for (var chunk = 0u; chunk < N_CHUNKS; chunk++) {
      let u = sh_u[team * N_CHUNKS + chunk];
      let direction = sh_p[team * N_CHUNKS + chunk];
      let v = other_x[other + chunk];
      let q = other_p[other + chunk];
      e += dot(u, v);
      s += dot(u, q) + dot(direction, v);
      t += dot(direction, q);
    }
    let c = weight_of(at);
    sums += c * vec4f(e * e, e * s, s * s + 2.0 * e * t, s * t);
    tt += c * t * t;
  }
  let total = workgroup_sum(sums, thread);
  let total_tt = workgroup_sum(vec4f(tt, 0.0, 0.0, 0.0), thread);
  if (thread.index == 0u) {
    partial_sums[2u * group] = total;
    partial_sums[2u * group + 1u] = total_tt;
  }
}
