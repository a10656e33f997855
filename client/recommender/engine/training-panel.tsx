import Button from '@mui/material/Button';
import page from '../../ui/page.module.css';
import { Sparkline } from '../../ui/sparkline.tsx';
import { useOnDevice } from '../page/on-device.ts';
import { forgetTraining, stopTraining, trainHere } from '../page/training.ts';
import type { TrainingProgress } from '../recommender-types.ts';
import styles from './training-panel.module.css';

/** Trains a whole model on this device, while the page stays usable. */
export function TrainingPanel() {
  const { phase, model, training } = useOnDevice();
  if (phase !== 'ready') return null;
  const isRunning = training?.status === 'running' || training?.status === 'stopping';
  return (
    <div className={styles.panel}>
      <h3>Train on this device</h3>
      <p className={page.note}>
        Downloads what the demo’s invented shoppers did, adds what you did, and trains a model of its own here. Nothing
        is sent. Your recommendations on this device then come from it.
      </p>
      {training !== null && training.progress.length > 0 && <Progress progress={training.progress} />}
      <p role="status" className={styles.status}>
        {training?.status === 'failed' && training.failure}
        {training?.status === 'done' && 'Done: your recommendations now come from this model.'}
        {training?.status === 'stopping' && 'Stopping after this iteration …'}
        {training?.status === 'running' && training.progress.length === 0 && 'Getting ready …'}
      </p>
      <div className={styles.actions}>
        {isRunning ? (
          <Button variant="outlined" disabled={training.status === 'stopping'} onClick={stopTraining}>
            Stop
          </Button>
        ) : (
          <Button variant="outlined" onClick={() => void trainHere()}>
            {model?.training ? 'Train again' : 'Train now'}
          </Button>
        )}
        {!isRunning && model?.training && (
          <Button onClick={() => void forgetTraining()}>Back to the server’s model</Button>
        )}
      </div>
    </div>
  );
}

function Progress({ progress }: { progress: readonly TrainingProgress[] }) {
  const first = progress.at(0)!;
  const last = progress.at(-1)!;
  const loss = (value: number) => value.toLocaleString(undefined, { maximumSignificantDigits: 6 });
  return (
    <div className={styles.progress}>
      <progress max={last.nIterations} value={last.iteration} aria-label="Training" />
      <p>
        Iteration {last.iteration} of {last.nIterations} on {last.engine}, {last.seconds.toFixed(1)} s,{' '}
        {Math.round(last.ratingsPerSecond).toLocaleString()} interactions per second
      </p>
      <Sparkline
        values={progress.map(({ loss }) => loss)}
        label={`Loss: from ${loss(first.loss)} at iteration ${first.iteration} to ${loss(last.loss)} now.`}
      />
      <p>
        Loss <strong>{loss(last.loss)}</strong>
      </p>
    </div>
  );
}
