import { globSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requireExecutable } from './executables.ts';
import { softwareGpuEnvironment } from './software-gpu.ts';

/** Machines as they differ in what Vulkan finds on them: the environment in which a process meets each, on any Linux machine. */
export type VulkanSituation = 'no Vulkan' | 'no drivers' | 'Mesa’s drivers' | 'a software GPU, and a loader that talks';

/**
 * @param folder a folder for what the situation needs
 * @throws where Mesa's drivers, or those that come with Chromium, are not installed
 */
export function vulkanEnvironment(situation: VulkanSituation, folder: string): Record<string, string> {
  const chromium = softwareGpuEnvironment(requireExecutable('chromium'));
  if (chromium['LD_LIBRARY_PATH'] === undefined) throw new Error('this Chromium brings no SwiftShader');
  switch (situation) {
    case 'no Vulkan': {
      // The dynamic linker takes the first file of the name, and this is no library.
      writeFileSync(join(folder, 'libvulkan.so.1'), '');
      return { LD_LIBRARY_PATH: folder };
    }
    case 'no drivers':
      return { ...chromium, ...drivers(join(folder, 'missing.json')) };
    case 'Mesa’s drivers': {
      const all = globSync(join(dirname(requireExecutable('mesa')), '*.json'));
      return { ...chromium, ...drivers(all.join(':')), XDG_RUNTIME_DIR: '' };
    }
    case 'a software GPU, and a loader that talks':
      return { ...chromium, VK_LOADER_DEBUG: 'all' };
  }
}

/** The loader reads the second name where it is too old for the first. */
function drivers(paths: string): Record<string, string> {
  return { VK_DRIVER_FILES: paths, VK_ICD_FILENAMES: paths };
}
