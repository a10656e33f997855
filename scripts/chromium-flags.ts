/**
 * Chromium for tests. Without the first of these it talks to its maker's servers, and QUIC gets lost in some sandboxes;
 * the last makes it find no address but this machine's.
 */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=${hostResolverRules()}`,
];

/** Gives Chromium a GPU that computes on the processor. */
export const SOFTWARE_GPU_FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // See DAWN_FLAGS in shared/recommender/backends/webgpu/dawn.node.ts.
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
];

/** @param names that lead to this machine as well */
export function hostResolverRules(...names: string[]): string {
  const own = names.map((name) => `MAP ${name} 127.0.0.1`);
  return [...own, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost', 'EXCLUDE [::1]'].join(', ');
}
