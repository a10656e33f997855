import { parentPort } from 'node:worker_threads';
import { extractOffer } from '../../../shared/prices/extraction/extract-offer.ts';
import { decodeText } from '../../fetch/charset.ts';
import { readSearchPage } from '../html/search-page.ts';
import { UnreadablePageError } from '../shop-error.ts';
import type { ReadingAnswer, ReadingTask } from './reading-task.ts';

/** The worker thread of `page-readers.ts`: one task after the other. */
parentPort?.on('message', (task: ReadingTask) => parentPort?.postMessage(answer(task)));

function answer(task: ReadingTask): ReadingAnswer {
  try {
    return { read: read(task) };
  } catch (error) {
    if (!(error instanceof UnreadablePageError)) return { fault: error };
    const { reason, message, url } = error;
    return { unreadable: { reason, message, url } };
  }
}

function read(task: ReadingTask) {
  const { url, redirects, bytes, contentType } = task.page;
  const html = decodeText(bytes, contentType);
  switch (task.kind) {
    case 'product':
      return extractOffer(html, url, task.selectors);
    case 'search':
      return readSearchPage({ url, redirects, html }, task.query, task.selectors);
    default:
      return task satisfies never;
  }
}
