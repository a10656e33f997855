/** What the kernels and their host code make use of on a device: WebGPU promises little, most devices have more. */
export interface GpuCapabilities {
  /** The prelude by which a workgroup adds up: through shared memory, or within subgroups first. */
  workgroupSum: 'workgroup-sum' | 'workgroup-sum-subgroups';
  /** Shared memory of a workgroup, bytes. */
  sharedBytes: number;
  /** Largest buffer that a kernel can be given, bytes. */
  bindingBytes: number;
  /** Workgroups along one dimension of a dispatch. */
  groupsPerDimension: number;
}

/** What every WebGPU device has: the default limits, and no feature. */
export const BASELINE: GpuCapabilities = {
  workgroupSum: 'workgroup-sum',
  sharedBytes: 16_384,
  bindingBytes: 2 ** 27,
  groupsPerDimension: 65_535,
};

/** More shared memory than this would leave less than two workgroups to a processor of most GPUs. */
const MAX_SHARED_BYTES = 32_768;

/** What an adapter offers of it. @param language features of WGSL that the implementation knows */
export function capabilitiesOf({ features, limits }: GPUAdapter, language: WGSLLanguageFeatures): GpuCapabilities {
  const hasSubgroups = features.has('subgroups') && language.has('subgroup_id');
  return {
    workgroupSum: hasSubgroups ? 'workgroup-sum-subgroups' : 'workgroup-sum',
    sharedBytes: Math.min(limits.maxComputeWorkgroupStorageSize, MAX_SHARED_BYTES),
    bindingBytes: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
    groupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  };
}

/** The features and limits to request of a device for it. Limits below WebGPU's defaults are not to be had, nor needed. */
export function deviceRequest({ workgroupSum, sharedBytes, bindingBytes, groupsPerDimension }: GpuCapabilities): {
  requiredFeatures: GPUFeatureName[];
  requiredLimits: Record<string, number>;
} {
  return {
    requiredFeatures: workgroupSum === 'workgroup-sum-subgroups' ? ['subgroups'] : [],
    requiredLimits: {
      maxComputeWorkgroupStorageSize: Math.max(sharedBytes, BASELINE.sharedBytes),
      maxStorageBufferBindingSize: Math.max(bindingBytes, BASELINE.bindingBytes),
      maxBufferSize: Math.max(bindingBytes, 2 * BASELINE.bindingBytes),
      maxComputeWorkgroupsPerDimension: Math.max(groupsPerDimension, BASELINE.groupsPerDimension),
    },
  };
}
