import { type Config, readConfig } from '../config.ts';

/** The configuration of a server or command under test: any free port, and no rates from the network. */
export function testConfig(environment: Record<string, string> = {}): Config {
  return readConfig({ PORT: '0', MAGPIE_RATES_URL: 'none', ...environment });
}
