import type { FetchPurpose } from './fetcher.ts';

export interface PurposePolicy {
  /** robots.txt decides: it speaks to crawlers, not to clients of a documented API or of a feed made for machines. */
  obeysRobots: boolean;
  /** Requests to one host wait for those of the same queue alone. */
  queue: 'main' | 'image' | 'script';
  /** Share of the fetcher's pace: a page shows twenty images, and a browser would ask for six at once. */
  paceShare: number;
  accept: string;
}

export const PURPOSES: Readonly<Record<FetchPurpose, PurposePolicy>> = {
  page: {
    obeysRobots: true,
    queue: 'main',
    paceShare: 1,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  },
  image: { obeysRobots: true, queue: 'image', paceShare: 0.25, accept: 'image/avif,image/webp,image/*;q=0.9' },
  script: { obeysRobots: true, queue: 'script', paceShare: 0.1, accept: '*/*' },
  api: { obeysRobots: false, queue: 'main', paceShare: 1, accept: 'application/json' },
  feed: {
    obeysRobots: false,
    queue: 'main',
    paceShare: 1,
    accept: 'application/xml,text/xml,text/tab-separated-values,text/csv;q=0.9,*/*;q=0.5',
  },
  rates: {
    obeysRobots: false,
    queue: 'main',
    paceShare: 1,
    accept: 'application/xml,text/xml,text/csv;q=0.9,*/*;q=0.5',
  },
};
