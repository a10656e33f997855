import Rating from '@mui/material/Rating';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { onDevice } from '../recommender/page/on-device.ts';
import { useShopper } from '../shopper/shopper-context.tsx';
import { showNotice } from '../ui/notices.ts';
import { itemActivityQuery } from './queries.ts';
import { type ActivityItem, useRecord } from './use-record.ts';

interface ItemRatingProps {
  item: ActivityItem;
  size?: 'medium' | 'large';
}

/** One to five stars, by mouse, touch or arrow keys. The stars show a rating once it is kept on the device. */
export function ItemRating({ item, size = 'medium' }: ItemRatingProps) {
  const shopper = useShopper();
  const record = useRecord();
  const name = useId();
  const { data } = useQuery(itemActivityQuery(shopper.id, item.id));

  async function rate(stars: number): Promise<void> {
    if (!(await record('rating', item, stars)) || shopper.syncs) return;
    if (onDevice().phase === 'ready') {
      showNotice({ message: 'Saved on this device. Your recommendations follow from it here.', stay: 'briefly' });
      return;
    }
    showNotice({
      message: 'Saved on this device. Recommendations need your ratings on this server.',
      stay: 'briefly',
      action: { label: 'Turn on sync', run: () => void shopper.setSync(true) },
    });
  }

  return (
    <Rating
      name={name}
      aria-label={`Your rating of ${item.title}`}
      value={data?.rating?.value ?? null}
      size={size}
      onChange={(_event, stars) => stars !== null && void rate(stars)}
      getLabelText={(stars) => `${stars} of 5 stars`}
      emptyLabelText="Not rated"
      sx={{ color: 'primary.main', '& .MuiRating-iconEmpty': { color: 'text.secondary' } }}
    />
  );
}
