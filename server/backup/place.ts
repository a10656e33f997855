import type { Config } from '../config.ts';

/** Where an installation keeps its data: the store in Postgres where `databaseUrl` names one, else in the data folder. */
export type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;
