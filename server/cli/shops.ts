import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { decimalAmount } from '../../shared/prices/money/money.ts';
import { isRelevant } from '../../shared/prices/relevance/relevance.ts';
import { failureReason } from '../comparison/shop-failure.ts';
import { readConfig } from '../config.ts';
import { type AppContext, openContext } from '../context.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { OperatorError } from '../operator-error.ts';
import { detectShop } from '../shops/detection/detect-shop.ts';
import type { Shop, ShopRegistry } from '../shops/registry.ts';
import type { CandidateOffer } from '../shops/shop-adapter.ts';
import { printJson, printLine, tellLine } from './output.ts';

interface Flags {
  json: boolean;
}

/** A person waits for these commands; a comparison would have ended long before. */
const PATIENCE_MS = 60_000;

export function shopsCommand(): Command {
  return new Command('shops')
    .description('the shops whose prices are compared')
    .addCommand(listCommand())
    .addCommand(testCommand())
    .addCommand(addCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('the shops that are declared, and the declarations that cannot be used')
    .option('--json', 'one object per shop and line', false)
    .action((flags: Flags) =>
      withContext(async ({ shops, config }) => {
        const { enabled, disabled, problems } = await shops.current();
        for (const shop of [...enabled, ...disabled]) {
          if (flags.json) printJson(describe(shop));
          else printLine(line(shop));
        }
        // The faulty declarations themselves have been named on stderr.
        if (problems.length > 0) throw new OperatorError(`${problems.length} declarations cannot be used`);
        if (enabled.length + disabled.length === 0 && !flags.json) {
          printLine(`No shop is declared: "magpie shops add https://…" adds one to ${config.dataDir}/shops.`);
        }
      }),
    );
}

function describe({ declaration, file }: Shop) {
  const { id, name, adapter, url, enabled } = declaration;
  return { id, name, adapter, url, enabled, file };
}

function line({ declaration: { id, name, adapter, url, enabled }, file }: Shop): string {
  return `${id.padEnd(20)}${name.padEnd(24)}${adapter.padEnd(13)}${url}${enabled ? '' : '  (disabled)'}\n${' '.repeat(20)}${file}`;
}

function testCommand(): Command {
  return new Command('test')
    .description('ask one shop, and show each step with its time')
    .argument('<id>', 'the shop, as "magpie shops list" names it')
    .argument('<query...>', 'what to look for')
    .option('--json', 'one object per step and line', false)
    .action((id: string, words: string[], flags: Flags) =>
      withContext(async ({ shops, shopResources }) => {
        const shop = await findShop(shops, id);
        const query = words.join(' ');
        const steps = new Steps(flags.json);
        const { declaration, adapter } = shop;
        const context = {
          ...shopResources,
          fetcher: steps.watched(shopResources.fetcher),
          signal: AbortSignal.timeout(PATIENCE_MS),
          locale: declaration.locale,
          limit: declaration.max_candidates,
        };
        const found = new Map<string, CandidateOffer>();
        try {
          for await (const offer of adapter.search(query, context)) {
            found.set(offer.url, offer);
            steps.offer(offer, isRelevant(query, offer));
          }
        } catch (error) {
          const { reason, detail } = failureReason(error);
          throw new OperatorError(`${id}: ${reason}: ${detail}`, { cause: error });
        }
        steps.end(found.size);
      }),
    );
}

function addCommand(): Command {
  return new Command('add')
    .description('add a shop by its address: how it is asked is found out, tried, and written down as a declaration')
    .argument('<url>', 'the home page of the shop')
    .option('--query <words>', 'something that the shop has, to try its search with')
    .option('--currency <code>', 'the currency of its prices, where its pages do not tell')
    .option('--render', 'its pages are built by scripts: run them in Chromium', false)
    .option('--json', 'print the declaration', false)
    .action((url: string, flags: Flags & { query?: string; currency?: string; render: boolean }) =>
      withContext(async ({ shops, shopResources, config }) => {
        const detected = await detectShop(url, {
          ...shopResources,
          signal: AbortSignal.timeout(PATIENCE_MS),
          render: flags.render,
          ...(flags.query !== undefined && { query: flags.query }),
          ...(flags.currency !== undefined && { currency: flags.currency.toUpperCase() }),
          onStep: (sentence) => tellLine(sentence),
        }).catch((error: unknown) => {
          throw new OperatorError(`${url} could not be added: ${failureReason(error).detail}`, { cause: error });
        });
        const { declaration, query, offers } = detected;
        const known = await shops.current();
        const taken = [...known.enabled, ...known.disabled].find((shop) => shop.declaration.id === declaration.id);
        if (taken) throw new OperatorError(`there is a shop "${declaration.id}" already: ${taken.file}`);
        const folder = join(config.dataDir, 'shops');
        const file = join(folder, `${declaration.id}.json`);
        await mkdir(folder, { recursive: true });
        await writeFile(file, `${JSON.stringify(declaration, null, 2)}\n`, { flag: 'wx' });
        if (flags.json) return printJson({ file, declaration });
        for (const offer of offers) printLine(`  ${offerLine(offer)}`);
        printLine(
          `${declaration.name} is added: ${offers.length} offers for "${query}". ${file} says how it is asked.`,
        );
      }),
    );
}

async function findShop(shops: ShopRegistry, id: string): Promise<Shop> {
  const { enabled, disabled } = await shops.current();
  const known = [...enabled, ...disabled];
  const shop = known.find(({ declaration }) => declaration.id === id);
  if (shop) return shop;
  const ids = known.map(({ declaration }) => declaration.id).join(', ');
  throw new OperatorError(`there is no shop "${id}"${ids === '' ? ': none is declared' : `; there are ${ids}`}`);
}

/** Prints what happens as it happens: each request, and each offer as it is read. */
class Steps {
  readonly #startedAt = performance.now();
  readonly #json: boolean;

  constructor(json: boolean) {
    this.#json = json;
  }

  watched(fetcher: Fetcher): Fetcher {
    return {
      fetch: async (url, options) => {
        const startedAt = performance.now();
        const took = () => Math.round(performance.now() - startedAt);
        try {
          const answer = await fetcher.fetch(url, options);
          const { status, body } = answer;
          this.#tell({ step: 'request', url, status, size_bytes: body.length, took_ms: took() }, [
            `${status} ${url}`,
            `${Math.ceil(body.length / 1024)} kB in ${took()} ms`,
          ]);
          return answer;
        } catch (error) {
          const { reason, detail } = failureReason(error);
          this.#tell({ step: 'failure', url, reason, detail, took_ms: took() }, [`${reason} ${url}`, detail]);
          throw error;
        }
      },
    };
  }

  offer(offer: CandidateOffer, relevant: boolean): void {
    this.#tell({ step: 'offer', relevant, ...offer }, [offerLine(offer), relevant ? '' : 'not what was asked for']);
  }

  end(n_offers: number): void {
    this.#tell({ step: 'end', n_offers }, [`${n_offers} offers`]);
  }

  #tell(step: Record<string, unknown>, text: string[]): void {
    const atMs = Math.round(performance.now() - this.#startedAt);
    if (this.#json) printJson({ at_ms: atMs, ...step });
    else printLine(`${String(atMs).padStart(6)} ms  ${text.filter(Boolean).join('  – ')}`);
  }
}

function offerLine({ title, price, availability, gtin }: CandidateOffer): string {
  const known = [availability ?? 'stock not told', gtin === null ? '' : `GTIN ${gtin}`].filter(Boolean).join(', ');
  return `${decimalAmount(price)} ${price.currency}  ${title} (${known})`;
}

async function withContext(work: (context: AppContext) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig());
  try {
    await work(context);
  } finally {
    await context.close();
  }
}
