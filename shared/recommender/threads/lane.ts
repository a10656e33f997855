/** What every lane of a crew is opened with. */
export interface CrewSetup {
  nLanes: number;
  /** WORK_SHARING_BYTES that all lanes see: see work-sharing.ts. */
  workSharing: ArrayBufferLike;
}

/** One thread of execution: takes its share of each job, together with the other lanes of its crew. */
export interface Lane<Job> {
  /** Yields after each block of work, where the caller may pause. @throws StoppedError */
  run(job: Job): Generator<void, void, void>;
  /** Ends the work of all lanes for good: this one has failed. */
  stop(): void;
}

/** A lane in a thread of its own, as comlink exposes it there. */
export interface LaneService<Setup, Job> {
  open(setup: Setup): void;
  run(job: Job): void;
}
