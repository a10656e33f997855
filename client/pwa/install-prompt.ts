/** Chromium's `beforeinstallprompt`; no standard, so TypeScript does not know it. */
export interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

declare global {
  interface WindowEventMap {
    beforeinstallprompt: InstallPromptEvent;
  }
}

let current: InstallPromptEvent | null = null;
const listeners = new Set<() => void>();

function change(next: InstallPromptEvent | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Must be called before the browser has decided: it tells only once. */
export function watchInstallPrompt(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    change(event);
  });
  window.addEventListener('appinstalled', () => change(null));
}

export function installPrompt(): InstallPromptEvent | null {
  return current;
}

export function onInstallPrompt(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
