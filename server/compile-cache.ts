/**
 * Imported first where a process or a thread starts: keeps what Node compiles, TypeScript with its types stripped included,
 * for the next start. A thread that reads pages is ready in 0.4 s instead of 0.9 s. Inside the checkout, since the system's
 * temporary folder is open to other users; where that cannot be written, as in an image, Node goes on without.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/magpie-compile', import.meta.url)));
