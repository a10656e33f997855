import { type Agent, get } from 'node:http';

export interface Answer {
  /** 0 where there was none. */
  status: number;
  body: string;
  tookMs: number;
}

/** One GET, over an agent that says from which address it is sent. */
export function ask(url: string, agent: Agent): Promise<Answer> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, body = '') => resolve({ status, body, tookMs: performance.now() - startedAtMs });
    get(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => end(response.statusCode ?? 0, body));
      response.on('error', () => end(0));
    }).on('error', () => end(0));
  });
}
