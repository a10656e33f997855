import { expect, test } from 'vitest';
import { closeNotice, showNotice, shownNotice } from './notices.ts';

test('notices are shown one after the other, each message once', () => {
  showNotice({ message: 'Update available', stay: 'keep' });
  showNotice({ message: 'Noted as bought.', stay: 'briefly' });
  showNotice({ message: 'Update available', stay: 'keep' });
  expect(shownNotice()?.message).toBe('Update available');
  closeNotice();
  expect(shownNotice()?.message).toBe('Noted as bought.');
  closeNotice();
  expect(shownNotice()).toBeNull();
});
