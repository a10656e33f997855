/**
 * The device that a backend computes on has failed: it is gone, or has no memory left. Another engine may well succeed
 * where this one failed, so that a training moves on to its next fallback. Any other error ends the training.
 */
export abstract class DeviceFailure extends Error {}
