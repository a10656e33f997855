import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogConfig } from './logging/log.ts';
import { OperatorError } from './operator-error.ts';
import { ECB_DAILY_URL } from './rates/ecb-daily-url.ts';

/** An empty variable counts as unset, as `docker compose` passes them. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** `http://127.0.0.1:4001`, and nothing after it. */
const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: 'is no list of origins such as "http://127.0.0.1:4001"',
});

/** Values with spaces or commas between them. */
const list = (schema: z.ZodType<string, string>) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(schema));

/** An address, a CIDR range, or a name that stands for some, as the package proxy-addr reads them. */
function isProxyRange(text: string): boolean {
  return ['loopback', 'linklocal', 'uniquelocal'].includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

const environmentSchema = z.object({
  PORT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(0).max(65_535).default(8787),
  ),
  HOST: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('127.0.0.1')),
  MAGPIE_DATA_DIR: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('./data')),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  CACHE_REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  MAGPIE_CONTACT: optional(z.string().max(200)),
  MAGPIE_PROXY_URL: optional(z.url({ protocol: /^https?$/ })),
  MAGPIE_CHROMIUM: optional(z.string()),
  MAGPIE_CHROMIUM_SANDBOX: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['on', 'off']).default('on'),
  ),
  MAGPIE_ALLOWED_ORIGINS: list(origin),
  MAGPIE_TRUSTED_PROXIES: list(z.string().refine(isProxyRange, { error: 'is no address, range or "loopback"' })),
  MAGPIE_CORS_ORIGINS: list(origin),
  MAGPIE_PUBLIC_URL: optional(origin),
  MAGPIE_RATES_URL: optional(z.union([z.literal('none'), z.url({ protocol: /^https?$/ })])),
  MAGPIE_LOG_LEVEL: optional(z.enum(LOG_LEVELS)),
  MAGPIE_LOG: optional(z.enum(LOG_FORMATS)),
  MAGPIE_STATUS_PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  MAGPIE_STATUS_HOST: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('127.0.0.1')),
  MAGPIE_SECRET: optional(z.string().min(16).max(200)),
});

/** Where Magpie listens, keeps its data, and which services it uses. Read once, at the start. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  redisUrl: string | null;
  cacheRedisUrl: string | null;
  databaseUrl: string | null;
  /** URL or mail address at which shops reach the operator: it goes into the User-Agent. */
  contact: string | null;
  /** Proxy for everything that is fetched from shops. */
  proxyUrl: string | null;
  /** Renders the pages of shops that ask for it; without a path it is looked for on the PATH. */
  chromium: { path: string | null; sandbox: boolean };
  /** Exact origins that may be fetched though their address is private: shops on the operator's own network. */
  allowedOrigins: readonly string[];
  /** Proxies whose `X-Forwarded-For` says who the client is: addresses, ranges, or `loopback`. */
  trustedProxies: readonly string[];
  /** Origins of web pages that may call the API with a key. */
  corsOrigins: readonly string[];
  /** Where clients reach the API, as the document names it; null: only the server's own address is known. */
  publicUrl: string | null;
  /** Where exchange rates are fetched, in the European Central Bank's format; null converts by those that come with the program. */
  ratesUrl: string | null;
  log: LogConfig;
  /** Where health, readiness and metrics are served without a credential, by workers too; null: nowhere. */
  status: { port: number; host: string } | null;
  /** Signs links to images, in place of a secret that is kept in the data folder. */
  secret: string | null;
}

/** @throws OperatorError that names every variable which cannot be used, and why. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${describeIssue(issue)}`);
    throw new OperatorError(`the environment cannot be used: ${reasons.join('; ')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.MAGPIE_DATA_DIR),
    redisUrl: data.REDIS_URL ?? null,
    cacheRedisUrl: data.CACHE_REDIS_URL ?? data.REDIS_URL ?? null,
    databaseUrl: data.DATABASE_URL ?? null,
    contact: data.MAGPIE_CONTACT ?? null,
    proxyUrl: data.MAGPIE_PROXY_URL ?? null,
    chromium: { path: data.MAGPIE_CHROMIUM ?? null, sandbox: data.MAGPIE_CHROMIUM_SANDBOX === 'on' },
    allowedOrigins: data.MAGPIE_ALLOWED_ORIGINS,
    trustedProxies: data.MAGPIE_TRUSTED_PROXIES,
    corsOrigins: data.MAGPIE_CORS_ORIGINS,
    publicUrl: data.MAGPIE_PUBLIC_URL ?? null,
    ratesUrl: data.MAGPIE_RATES_URL === 'none' ? null : (data.MAGPIE_RATES_URL ?? ECB_DAILY_URL),
    log: { level: data.MAGPIE_LOG_LEVEL ?? null, format: data.MAGPIE_LOG ?? null },
    status:
      data.MAGPIE_STATUS_PORT === undefined ? null : { port: data.MAGPIE_STATUS_PORT, host: data.MAGPIE_STATUS_HOST },
    secret: data.MAGPIE_SECRET ?? null,
  };
}
