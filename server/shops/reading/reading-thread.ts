/** The worker thread of `page-readers.ts`. Its modules are imported once the compile cache is on, which each thread has for itself. */
import '../../compile-cache.ts';

await import('./answer-tasks.ts');
