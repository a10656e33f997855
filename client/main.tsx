import './ui/theme/global.css';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { watchNetwork } from './api/connection.ts';
import { authorizeDevice } from './api/http.ts';
import { queryClient } from './api/query-client.ts';
import { App } from './app/app.tsx';
import { startPulling } from './devices/start-pulling.ts';
import { joinOtherTabs, onStoreChange } from './offline/changes.ts';
import { startDelivery } from './offline/delivery.ts';
import { newDeviceIdentity } from './offline/device-identity.ts';
import { type KeptSettings, loadSettings } from './offline/settings.ts';
import { watchInstallPrompt } from './pwa/install-prompt.ts';
import { registerServiceWorker } from './pwa/register-service-worker.ts';
import { wakeRecommender } from './recommender/page/wake-recommender.ts';
import { firstShopper } from './shopper/first-shopper.ts';
import { ShopperProvider } from './shopper/shopper-context.tsx';
import { showNotice } from './ui/notices.ts';
import { emotionCache } from './ui/theme/emotion-cache.ts';
import { theme } from './ui/theme/theme.ts';

watchInstallPrompt();
watchNetwork();
joinOtherTabs(() => location.reload());

/** The settings, or those of a passing visitor where the browser gives no database: Magpie works, and keeps nothing. */
async function settingsOrVisitor(): Promise<KeptSettings> {
  try {
    return await loadSettings();
  } catch (error) {
    console.error(error);
    showNotice({
      message:
        'This browser lets Magpie keep nothing on this device (a private window, or a full disk). You can look around; ratings cannot be saved.',
      stay: 'keep',
    });
    const device = await newDeviceIdentity();
    return { device, shopper_id: null, sync: false, engine: 'auto' };
  }
}

const settings = await settingsOrVisitor();
authorizeDevice(settings.device.token);
const shopperId = settings.shopper_id ?? (await firstShopper(settings.device));

// Query keys begin with the name of the store that they are read from.
onStoreChange((change) => {
  void queryClient.invalidateQueries({ queryKey: [change] });
  if (change === 'settings') void queryClient.invalidateQueries({ queryKey: ['outbox'] });
});

startDelivery({
  onDelivered: (shoppers) => {
    for (const shopper of shoppers) {
      void queryClient.invalidateQueries({ queryKey: ['recommendations', shopper] });
      void queryClient.invalidateQueries({ queryKey: ['history', shopper] });
    }
  },
});

startPulling();

wakeRecommender();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <CacheProvider value={emotionCache}>
      <ThemeProvider theme={theme} defaultMode="system">
        <QueryClientProvider client={queryClient}>
          <ShopperProvider settings={{ ...settings, shopper_id: shopperId }}>
            <BrowserRouter>
              <App />
            </BrowserRouter>
          </ShopperProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  </StrictMode>,
);

if (import.meta.env.PROD) {
  registerServiceWorker(queryClient).catch((error: unknown) => {
    console.warn('Magpie will not work without a network: there is no service worker.', error);
  });
}
