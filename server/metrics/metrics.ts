import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ComparisonListener } from '../comparison/comparison-listener.ts';
import type { EndedAttempt, JobListener } from '../jobs/job-listener.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Store } from '../store/store.ts';
import { queueMetrics } from './queue-metrics.ts';
import { trainingMetrics } from './training-metrics.ts';

/** Seconds. A request: from a cached comparison to a shop that takes the whole deadline. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Seconds. A job: up to a training of hours. */
const JOB_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200];
const SHOP_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];

/**
 * Of prom-client's own: they ask Node for all its handles, requests or resources. Left out because a scrape has ended the
 * process ("Check failed: (location_) != nullptr"); rarely it still does without them, so the cause is not known yet.
 */
const UNSAFE_METRICS = [
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
];

/** One server's counts for Prometheus, in a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status_class'>;
  readonly #jobs: Histogram<'name' | 'outcome'>;
  readonly #shops: Histogram<'shop' | 'outcome'>;
  readonly #lookups: Counter<'result'>;
  readonly #refreshers: (() => Promise<void>)[] = [];

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    for (const name of UNSAFE_METRICS) this.#registry.removeSingleMetric(name);
    this.#requests = new Histogram({
      name: 'magpie_http_request_duration_seconds',
      help: 'Time until an answer begins, by route',
      labelNames: ['method', 'route', 'status_class'],
      buckets: REQUEST_BUCKETS,
      registers,
    });
    this.#jobs = new Histogram({
      name: 'magpie_job_duration_seconds',
      help: 'Attempts at jobs that ended in this process: completed, failed or stopped',
      labelNames: ['name', 'outcome'],
      buckets: JOB_BUCKETS,
      registers,
    });
    this.#shops = new Histogram({
      name: 'magpie_shop_answer_duration_seconds',
      help: 'Time that shops took to answer a search, by shop and outcome: ok, or why it failed',
      labelNames: ['shop', 'outcome'],
      buckets: SHOP_BUCKETS,
      registers,
    });
    this.#lookups = new Counter({
      name: 'magpie_comparison_lookups_total',
      help: 'Comparisons that were asked for, by what the cache had: hit, stale or miss',
      labelNames: ['result'],
      registers,
    });
  }

  /** @param route the route's template, so that ids do not become labels. */
  observeRequest(method: string, route: string, status: number, elapsedMs: number): void {
    const statusClass = `${Math.floor(status / 100)}xx`;
    this.#requests.observe({ method, route, status_class: statusClass }, elapsedMs / 1_000);
  }

  readonly observeJob: JobListener = ({ name, outcome, elapsedMs }: EndedAttempt) => {
    this.#jobs.observe({ name, outcome }, elapsedMs / 1_000);
  };

  readonly comparisons: ComparisonListener = {
    onLookup: (found) => this.#lookups.inc({ result: found }),
    onShopAnswer: (shop, failure, elapsedMs) => {
      this.#shops.observe({ shop, outcome: failure ?? 'ok' }, elapsedMs / 1_000);
    },
  };

  /** Adds what is read from the services when the metrics are asked for. */
  watch({ queue, store }: { queue: JobQueue; store: Store }): void {
    this.#refreshers.push(queueMetrics(this.#registry, queue), trainingMetrics(this.#registry, store));
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In Prometheus's text format. */
  async text(): Promise<string> {
    await Promise.all(this.#refreshers.map((refresh) => refresh()));
    return this.#registry.metrics();
  }
}
