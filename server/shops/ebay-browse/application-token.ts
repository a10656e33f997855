import { z } from 'zod';
import { FetchError } from '../../fetch/fetch-error.ts';
import type { ShopContext } from '../shop-adapter.ts';
import { askApi, notUnderstood, parseJson } from '../shop-api.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { EbayBrowseDeclaration } from './ebay-browse-declaration.ts';

const API = 'eBay OAuth API';
/** All that the Browse API asks for. */
const SCOPE = 'https://api.ebay.com/oauth/api_scope';
/** A token is not used in its last minute: it would run out on the way. */
const MARGIN_MS = 60_000;

const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds: 7200. */
  expires_in: z.number().positive(),
});

/**
 * The application access token of eBay's client credentials grant, asked for when there is none that still holds.
 * Source: https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html
 */
export class ApplicationToken {
  readonly #declaration: EbayBrowseDeclaration;
  #current: { token: string; usableUntilMs: number } | null = null;

  constructor(declaration: EbayBrowseDeclaration) {
    this.#declaration = declaration;
  }

  /** @throws FetchError, or UnreadablePageError that names the variable which is missing or refused. */
  async get(context: ShopContext): Promise<string> {
    if (this.#current !== null && performance.now() < this.#current.usableUntilMs) return this.#current.token;
    const { api, client_id_env, client_secret_env } = this.#declaration;
    const url = new URL('/identity/v1/oauth2/token', api).href;
    const credentials = `${variable(client_id_env, url)}:${variable(client_secret_env, url)}`;
    const answer = await askApi(url, this.#declaration, context, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }).toString(),
    }).catch((error: unknown) => {
      throw this.#refused(error) ?? error;
    });
    const parsed = tokenSchema.safeParse(parseJson(answer, API));
    if (!parsed.success) throw notUnderstood(API, 'the answer holds no token', url);
    const { access_token, expires_in } = parsed.data;
    this.#current = { token: access_token, usableUntilMs: performance.now() + expires_in * 1000 - MARGIN_MS };
    return access_token;
  }

  /** After eBay has refused this token: the next `get` asks for another. */
  forget(token: string): void {
    if (this.#current?.token === token) this.#current = null;
  }

  /** `{"error":"invalid_client"}` with status 400 or 401. */
  #refused(error: unknown): UnreadablePageError | null {
    if (!(error instanceof FetchError) || (error.status !== 400 && error.status !== 401)) return null;
    const { client_id_env, client_secret_env } = this.#declaration;
    const message = `eBay refuses the keys in ${client_id_env} and ${client_secret_env} (status ${error.status}).`;
    return new UnreadablePageError('unreadable', message, error.url);
  }
}

function variable(name: string, url: string): string {
  const value = process.env[name]?.trim();
  if (value) return value;
  const message = `${name} is not set: eBay's API needs the keys of a developer account in the environment.`;
  throw new UnreadablePageError('unreadable', message, url);
}
