// out ← a·x + b·y, element by element. WebGPU forbids a dispatch to read a buffer by a second name while it writes it, so
// that the cases in place have entry points of their own.
//
// Dispatch: any number of workgroups in one dimension, which stride over vectors of four.
// Shared memory: none.
// Tolerance: 1e-6 relative.

const WG_SIZE = 256u;

/// Must be kept in sync with shared/recommender/backends/webgpu/combine.ts.
struct Scales {
  a: f32,
  b: f32,
}

@group(0) @binding(0) var<uniform> scales: Scales;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>;

@compute @workgroup_size(WG_SIZE)
fn combine(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) n_groups: vec3u) {
  for (var i = id.x; i < arrayLength(&out); i += n_groups.x * WG_SIZE) {
    out[i] = scales.a * x[i] + scales.b * y[i];
  }
}

/// out ← a·out + b·y
@compute @workgroup_size(WG_SIZE)
fn combine_in_place(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) n_groups: vec3u) {
  for (var i = id.x; i < arrayLength(&out); i += n_groups.x * WG_SIZE) {
    out[i] = scales.a * out[i] + scales.b * y[i];
  }
}

/// out ← a·out
@compute @workgroup_size(WG_SIZE)
fn scale_in_place(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) n_groups: vec3u) {
  for (var i = id.x; i < arrayLength(&out); i += n_groups.x * WG_SIZE) {
    out[i] *= scales.a;
  }
}
