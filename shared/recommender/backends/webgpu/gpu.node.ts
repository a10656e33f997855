export { systemGpu } from './dawn.node.ts';
export { findGpu } from './find-gpu.node.ts';
