import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { reportServer, useConnection } from '../api/connection.ts';
import { setShipTo, useShipTo } from '../comparison/ship-to/ship-to.ts';
import { setDeliveryFailure, useDeliveryFailure } from '../offline/delivery-state.ts';
import { useInstallPrompt } from '../pwa/install-prompt.ts';
import { changeOnDevice, useOnDevice } from '../recommender/page/on-device.ts';
import { closeNotice, showNotice, useNotice } from '../ui/notices.ts';

function State() {
  const state = {
    connection: useConnection(),
    shipTo: useShipTo(),
    failure: useDeliveryFailure()?.message,
    installPrompt: useInstallPrompt(),
    phase: useOnDevice().phase,
    notice: useNotice()?.message,
  };
  return createElement('p', null, ...Object.entries(state).map(([name, value]) => `${name}: ${value}; `));
}

const FIRST =
  '<p>connection: online; shipTo: null; failure: undefined; installPrompt: null; phase: absent; notice: undefined; </p>';

test('state outside React renders on a server as on a page that knows nothing yet, whatever it is by then', () => {
  const rendered = () => renderToString(createElement(State)).replaceAll('<!-- -->', '');
  expect(rendered()).toBe(FIRST);
  reportServer(false);
  setShipTo('AT');
  setDeliveryFailure(new Error('no network'));
  changeOnDevice({ phase: 'ready' });
  showNotice({ message: 'Update available', stay: 'keep' });
  try {
    expect(rendered()).toBe(FIRST);
  } finally {
    closeNotice();
  }
});
