import { useQuery } from '@tanstack/react-query';
import { serverEngineQuery } from '../api/queries.ts';
import { detectEngine, deviceEngineText } from './detect-engine.ts';
import styles from './engine-details.module.css';

/** What computes the recommendations, why, and what this device could do. */
export function EngineDetails() {
  const server = useQuery(serverEngineQuery);
  const device = useQuery({ queryKey: ['device-engine'], queryFn: detectEngine, staleTime: Number.POSITIVE_INFINITY });
  return (
    <dl className={styles.details}>
      <dt>Now</dt>
      <dd>
        The server computes your recommendations.{' '}
        {server.data?.data.model_version != null &&
          `Its model ${server.data.data.model_version} was trained${server.data.data.engine === null ? '' : ` with ${server.data.data.engine}`}.`}
        {server.data?.data.model_version === null && 'It has no model yet, so it shows what is popular.'}
        {server.error && 'It does not answer now, so you see what was saved on this device.'}
      </dd>
      <dt>This device</dt>
      <dd>
        {device.data
          ? deviceEngineText(device.data)
          : device.error
            ? 'What this device has could not be found out.'
            : 'Looking …'}
      </dd>
    </dl>
  );
}
