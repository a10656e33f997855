import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Chromium keeps its libraries, when the executable on the PATH is a script that lies elsewhere. */
const CHROMIUM_FOLDERS = ['/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'];

/**
 * The environment in which Vulkan finds SwiftShader, the software GPU that comes with Chromium, so that GPU code is
 * tested where there is no GPU. The loader reads it when a process starts: setting it later has no effect. Empty where
 * there is none; tests then fail for lack of an adapter.
 */
export function softwareGpuEnvironment(chromium: string | undefined): Record<string, string> {
  const beside = chromium !== undefined && existsSync(chromium) ? [dirname(realpathSync(chromium))] : [];
  const folder = [...beside, ...CHROMIUM_FOLDERS].find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (folder === undefined) return {};
  // Chromium brings Vulkan's loader along as well, which few machines without a GPU have.
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json') };
}
