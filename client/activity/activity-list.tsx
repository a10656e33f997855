import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Activity } from '../offline/schema.ts';
import { PAGES, productPath } from '../page-paths.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import page from '../ui/page.module.css';
import { Time } from '../ui/time.tsx';
import styles from './event-list.module.css';
import { activityQuery } from './queries.ts';

/** The newest are enough: older ones are rarely looked for. */
const N_SHOWN = 50;

/** Ratings and purchases of this shopper on this device. Views are left out, because there are too many of them. */
export function ActivityList() {
  const shopper = useShopper();
  const { data = [], isPending } = useQuery(activityQuery(shopper.id));
  const told = data.filter(({ type }) => type !== 'view');
  if (isPending) return null;
  if (told.length === 0) {
    return (
      <p className={page.note}>
        Nothing yet. Open a product and rate it, or say that you bought it: <Link to={PAGES.search}>find one</Link>.
      </p>
    );
  }
  return (
    <ul className={styles.list}>
      {told.slice(0, N_SHOWN).map((activity) => (
        <li key={`${activity.item_id} ${activity.type}`}>
          <Link to={productPath(activity.item_id)}>{activity.title}</Link>
          <span className={styles.what}>
            {activityText(activity)} · <Time at={new Date(activity.occurred_at)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function activityText({ type, value }: Activity): string {
  switch (type) {
    case 'rating':
      return `${value} of 5 stars`;
    case 'purchase':
      return 'Bought';
    case 'view':
      return 'Looked at';
    default:
      return type satisfies never;
  }
}
