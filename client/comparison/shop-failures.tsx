import Button from '@mui/material/Button';
import type { ShopFailure } from '../../shared/api/comparison.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './shop-failures.module.css';

interface ShopFailuresProps {
  failures: ShopFailure[];
  isAsking: boolean;
  onRetry: () => void;
}

/** Every shop that gave no answer, with its name and the reason. */
export function ShopFailures({ failures, isAsking, onRetry }: ShopFailuresProps) {
  if (failures.length === 0) return null;
  return (
    <div className={styles.failures}>
      <p className={styles.summary}>
        <Icon name="question" size={20} />
        {failures.length === 1 ? 'One shop gave no answer' : `${failures.length} shops gave no answer`}
      </p>
      <ul>
        {failures.map((failure) => (
          <li key={failure.shop}>
            <strong>{failure.shop_name}</strong> {failure.detail}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        variant="outlined"
        disabled={isAsking}
        onClick={onRetry}
        startIcon={<Icon name="retry" size={18} />}
      >
        Ask again
      </Button>
    </div>
  );
}
