import { describeComputeBackend } from '../testing/compute-backend.compliance.ts';
import { describeInexactSweeps } from '../testing/inexact-sweeps.compliance.ts';
import { referenceBackend } from './reference/reference-backend.ts';
import { threadsBackend } from './threads/threads-backend.ts';

/** Factors in single precision: seven digits, of which sums and solutions lose some. */
const SINGLE_PRECISION = 1e-5;

describeComputeBackend('reference', referenceBackend, { tolerance: 1e-9 });
describeComputeBackend('threads, 1 thread', threadsBackend({ nThreads: 1 }), { tolerance: SINGLE_PRECISION });
describeComputeBackend('threads, 2 threads', threadsBackend({ nThreads: 2 }), { tolerance: SINGLE_PRECISION });
describeComputeBackend('threads without workers', threadsBackend({ useWorkers: false }), {
  tolerance: SINGLE_PRECISION,
});

describeInexactSweeps('threads, 2 threads', threadsBackend({ nThreads: 2 }));
describeInexactSweeps('threads without workers', threadsBackend({ useWorkers: false }));
