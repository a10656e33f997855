import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SignIn } from '../access/sign-in.ts';
import type { Comparisons } from '../comparison/comparisons.ts';
import type { ImageLinks } from '../images/image-links.ts';
import type { ImageProxy } from '../images/image-proxy.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Log } from '../logging/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ReadinessCheck } from '../readiness/readiness-check.ts';
import type { Recommender } from '../recommendations/recommender.ts';
import type { Store } from '../store/store.ts';
import type { ClientLimits } from './client-limits.ts';
import type { Gate } from './gate.ts';

/** What the API is made of. It never fetches a shop's pages and never trains: both are jobs. */
export interface ApiParts {
  gate: Gate;
  limits: ClientLimits;
  log: Log;
  metrics: Metrics;
  readiness: ReadinessCheck;
  signIn: SignIn;
  /** Origins of web pages that may call the API with a key. */
  corsOrigins: readonly string[];
  /** Where clients reach the API, as the document names it; null: where they had the document from. */
  publicUrl: string | null;
  store: Store;
  queue: JobQueue;
  comparisons: Comparisons;
  recommender: Recommender;
  /** Folder of the model files. */
  modelsDir: string;
  imageLinks: ImageLinks;
  images: ImageProxy;
  /** The picture, as SVG, at a path under `/images/` that is no shop's; null where there is none. */
  drawPicture(path: string): Promise<string | null>;
  /** Adds routes behind the same middleware. */
  moreRoutes?(app: OpenAPIHono): void;
  /** Folder of the built PWA; null serves the API alone. */
  clientDir: string | null;
  /** Aborted when the server begins to stop: streams end, readiness goes. */
  closing: AbortSignal;
  /** Aborted when requests may wait no longer: its reason is what they are answered with. */
  outOfTime: AbortSignal;
}
