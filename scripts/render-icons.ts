/**
 * Renders the PNG icons of the web app manifest from `client/public/icons/magpie.svg`, with the system's Chromium.
 * Run it after changing the mark: `node scripts/render-icons.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const folder = new URL('../client/public/icons/', import.meta.url);
const PAPER = '#faf8f3';
const INK = '#101a2b';

const mark = readFileSync(new URL('magpie.svg', folder), 'utf8');
const bird = mark.slice(mark.indexOf('<defs>'), mark.lastIndexOf('</svg>'));
/** Launchers cut a maskable icon to a circle of 80% (W3C manifest, "safe zone"): the bird keeps inside it. */
const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="${PAPER}"/>
  <g transform="translate(12.5 13) scale(.6)">${bird}</g></svg>`;

/** Shapes of the shortcuts, as in `client/ui/icon.tsx`. */
const shortcut = (shape: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 36 36">
  <rect x="-6" y="-6" width="36" height="36" rx="9" fill="${PAPER}"/>
  <g fill="none" stroke="${INK}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shape}</g></svg>`;

const icons: [file: string, svg: string, sizePx: number][] = [
  ['magpie-192.png', mark, 192],
  ['magpie-512.png', mark, 512],
  ['magpie-maskable-192.png', maskable, 192],
  ['magpie-maskable-512.png', maskable, 512],
  // iOS puts its own mask on an opaque square.
  ['apple-touch-icon.png', maskable, 180],
  ['search-96.png', shortcut('<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4.5 4.5"/>'), 96],
  ['watchlist-96.png', shortcut('<path d="M7 4.5h10V20l-5-4-5 4z"/>'), 96],
  ['you-96.png', shortcut('<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c.6-4 3.5-6 7-6s6.4 2 7 6"/>'), 96],
];

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [file, svg, sizePx] of icons) {
    const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
    await page.setContent(
      `<body style="margin:0"><img width="${sizePx}" height="${sizePx}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
    );
    writeFileSync(new URL(file, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
