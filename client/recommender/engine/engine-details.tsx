import { useQuery } from '@tanstack/react-query';
import { serverEngineQuery } from '../../api/queries.ts';
import { Time } from '../../ui/time.tsx';
import { useOnDevice } from '../page/on-device.ts';
import type { ModelInUse } from '../recommender-types.ts';
import { EngineChoiceSwitch } from './engine-choice-switch.tsx';
import styles from './engine-details.module.css';
import { engineLabel, useEngineInUse } from './engine-in-use.ts';
import { TrainingPanel } from './training-panel.tsx';

/** The engine of the recommendations, the reason for it, its model, and the settings. */
export function EngineDetails() {
  const { engine, model, phase, problem } = useOnDevice();
  const inUse = useEngineInUse();
  return (
    <>
      <dl className={styles.details}>
        <dt>Now</dt>
        <dd>
          {inUse !== null ? (
            <>
              {engineLabel(inUse)}. {inUse.reason} Nothing that you do has to leave it for this.
            </>
          ) : phase === 'ready' ? (
            'On the server, which shows what is popular: this device begins with the first thing that you rate or buy.'
          ) : (
            <ServerEngine problem={problem} />
          )}
        </dd>
        {phase === 'ready' && inUse === null && engine !== null && (
          <>
            <dt>This device</dt>
            <dd>
              {engine.name}. {engine.reason}
            </dd>
          </>
        )}
        {model !== null && (
          <>
            <dt>Model</dt>
            <dd>
              <ModelText model={model} />
            </dd>
          </>
        )}
      </dl>
      <EngineChoiceSwitch />
      <TrainingPanel />
    </>
  );
}

function ServerEngine({ problem }: { problem: string | null }) {
  const server = useQuery(serverEngineQuery);
  const told = server.data?.data;
  return (
    <>
      On the server.{' '}
      {told?.model_version != null &&
        `Its model ${told.model_version} was trained${told.engine === null ? '' : ` with ${told.engine}`}. `}
      {told?.model_version === null && 'It has no model yet, so it shows what is popular. '}
      {server.error && 'It does not answer now, so you see what was saved on this device. '}
      {problem !== null && `This device does not: ${problem}`}
    </>
  );
}

function ModelText({
  model: { nItems, nFactors, sizeBytes, training, version, notKeptBecause },
}: {
  model: ModelInUse;
}) {
  const size = `${nItems.toLocaleString()} products with ${nFactors} factors each, ${(sizeBytes / 1e6).toFixed(1)} MB`;
  return (
    <>
      {training === null ? (
        <>
          Trained by the server ({version}): {size}.
        </>
      ) : (
        <>
          Trained on this device <Time at={new Date(training.trainedAt)} /> with {training.engine}, in{' '}
          {training.seconds.toFixed(1)} s and {training.iterations} iterations, from {training.nPairs.toLocaleString()}{' '}
          interactions of {training.nUsers.toLocaleString()} shoppers, yours among them: {size}.
        </>
      )}{' '}
      {notKeptBecause ?? 'It is kept on this device, also without a network.'}
    </>
  );
}
