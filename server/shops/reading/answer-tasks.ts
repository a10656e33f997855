import { parentPort } from 'node:worker_threads';
import { extractOfferFromPage } from '../../../shared/prices/page/extract-offer.ts';
import { Page } from '../../../shared/prices/page/page.ts';
import { decodeText } from '../../fetch/charset.ts';
import { readSearchPage } from '../html/search-page.ts';
import { UnreadablePageError } from '../shop-error.ts';
import { READY, type ReadingAnswer, type ReadingTask } from './reading-task.ts';

/** In the worker threads of `page-readers.ts`: one task after the other. */
parentPort?.on('message', (task: ReadingTask) => parentPort?.postMessage(answer(task)));
parentPort?.postMessage(READY);

function answer(task: ReadingTask): ReadingAnswer {
  try {
    return { read: read(task) };
  } catch (error) {
    if (!(error instanceof UnreadablePageError)) return { fault: error };
    const { reason, message, url } = error;
    return { unreadable: { reason, message, url } };
  }
}

function read({ page, question }: ReadingTask) {
  const { url, redirects, bytes, contentType } = page;
  const html = decodeText(bytes, contentType);
  switch (question.kind) {
    case 'product':
      return extractOfferFromPage(new Page(html, url), question.selectors);
    case 'search':
      return readSearchPage({ url, redirects, html }, question.query, question.selectors);
    default:
      return question satisfies never;
  }
}
