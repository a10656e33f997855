import { expect, test } from 'vitest';
import { recordingLog } from '../testing/test-log.ts';
import { type LogConfig, openLog } from './log.ts';

/** What is written, as it is written. */
function record(config: LogConfig): { log: ReturnType<typeof openLog>; lines: string[] } {
  const lines: string[] = [];
  return { log: openLog(config, { write: (line) => lines.push(line) }), lines };
}

test('lines are JSON with a level by name and an instant; text is a sentence for people', () => {
  const json = record({ level: null, format: 'json' });
  json.log.info({ request_id: 'r-1' }, 'request');
  json.log.debug('not at this level');
  expect(json.lines).toHaveLength(1);
  expect(JSON.parse(json.lines[0]!)).toEqual({
    ...{ level: 'info', pid: process.pid, request_id: 'r-1', msg: 'request' },
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
  const text = record({ level: null, format: 'text' });
  text.log.info('not on a terminal, unless asked for');
  text.log.warn({ err: new Error('no space left'), shop: 'kesselhaus' }, 'a picture could not be kept');
  expect(text.lines).toEqual(['magpie: a picture could not be kept: no space left (shop=kesselhaus)\n']);
});

test('an unexpected error has its stack, and its causes', () => {
  const error = new Error('the job queue cannot be reached', { cause: new TypeError('fetch failed') });
  const { log, lines } = recordingLog();
  log.error({ err: error }, 'request failed');
  expect(lines[0]).toMatchObject({
    err: {
      ...{ type: 'Error', message: error.message, stack: expect.stringContaining('log.test.ts') },
      cause: { type: 'TypeError', message: 'fetch failed' },
    },
  });
  const text = record({ level: null, format: 'text' });
  text.log.error({ err: error }, 'request failed');
  expect(text.lines.join()).toContain('log.test.ts');
});

test('nothing that a stranger wrote moves the cursor, colours the terminal or begins a line of its own', () => {
  const path = '/jobs/\u001b[31m\u009b2J\u202e\nmagpie: all is well';
  const text = record({ level: null, format: 'text' });
  text.log.warn({ path, err: new Error('\u001b]0;title\u0007gone') }, 'access refused\u2066');
  expect(text.lines).toEqual(['magpie: access refused: gone (path=/jobs/ magpie: all is well)\n']);
  const json = record({ level: null, format: 'json' });
  json.log.warn({ path }, '\u{E0041}');
  expect(json.lines.join()).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(json.lines[0]!)).toMatchObject({ path, msg: '\u{E0041}' });
});

test.each<[what: string, fields: object, message: string]>([
  ['a header', { headers: { authorization: 'Bearer geheim' } }, 'x'],
  ['a cookie', { cookie: 'session=geheim' }, 'x'],
  ['a shopper', { user_id: 'geheim' }, 'x'],
  ['a job’s shopper', { payload: { userId: 'geheim' } }, 'x'],
  ['a key in a sentence', {}, 'the key mgp_geheim was tried'],
  ['a bearer token in a sentence', {}, 'sent with "Bearer geheim"'],
  ['a password in an address', { err: new Error('redis://:geheim@127.0.0.1:6379 is gone') }, 'x'],
  ['a user and a password', { err: new Error('postgres://magpie:geheim@db/magpie is gone') }, 'x'],
  ['a sign-in code', {}, 'GET /session/sign-in?code=geheim&x=1'],
  ['a shopper in a query', {}, 'GET /recommendations?user_id=geheim'],
  ['a property of an error', { err: Object.assign(new Error('WRONGTYPE'), { command: { args: ['geheim'] } }) }, 'x'],
  ['a cause', { err: new Error('x', { cause: new Error('Basic geheim') }) }, 'x'],
])('%s is not written', (_, fields, message) => {
  const { log, text, lines } = recordingLog();
  log.warn(fields, message);
  expect(lines).toHaveLength(1);
  expect(text()).not.toContain('geheim');
});
