import { createStore, useStore } from 'zustand';

/** Chromium's `beforeinstallprompt`; no standard, so TypeScript does not know it. */
export interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

declare global {
  interface WindowEventMap {
    beforeinstallprompt: InstallPromptEvent;
  }
}

interface Installability {
  /** null: the browser cannot install the app, or has done so. */
  prompt: InstallPromptEvent | null;
}

const installability = createStore<Installability>(() => ({ prompt: null }));

const promptOf = ({ prompt }: Installability): InstallPromptEvent | null => prompt;

/** Keeps the browser's prompt for the install button. Called before the browser decides, because it asks only once. */
export function watchInstallPrompt(): void {
  window.addEventListener('beforeinstallprompt', (prompt) => {
    prompt.preventDefault();
    installability.setState({ prompt });
  });
  window.addEventListener('appinstalled', () => installability.setState({ prompt: null }));
}

export function useInstallPrompt(): InstallPromptEvent | null {
  return useStore(installability, promptOf);
}
