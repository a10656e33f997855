import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useShopper } from '../shopper/shopper-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { showNotice } from '../ui/notices.ts';
import { itemActivityQuery } from './queries.ts';
import { type ActivityItem, useRecord } from './use-record.ts';

/** Records a purchase. Bought items are not recommended again; items that go with them are. */
export function PurchaseButton({ item }: { item: ActivityItem }) {
  const shopper = useShopper();
  const record = useRecord();
  const { data } = useQuery(itemActivityQuery(shopper.id, item.id));
  const bought = data?.purchase !== undefined;

  async function buy(): Promise<void> {
    if (!(await record('purchase', item, 1))) return;
    showNotice({
      message: bought ? 'Noted: bought once more.' : 'Noted as bought.',
      stay: 'briefly',
    });
  }

  return (
    <Button
      variant="outlined"
      color="inherit"
      onClick={() => void buy()}
      startIcon={<Icon name={bought ? 'check' : 'bag'} size={20} />}
    >
      {bought ? 'Bought' : 'I bought this'}
      {bought && <span className="visually-hidden">. Press if you bought it again.</span>}
    </Button>
  );
}
