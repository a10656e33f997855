import type { Extraction } from '../../../shared/prices/page/extract-offer.ts';
import type { SelectorDeclaration } from '../../../shared/prices/page/selectors/selector-declaration.ts';
import type { SearchPage } from '../html/search-page.ts';
import type { UnreadableReason } from '../shop-error.ts';

/** A page as it came, on its way to the thread that reads it. */
interface SentPage {
  url: string;
  redirects: readonly string[];
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** The question about a page. */
export type ReadingQuestion = { selectors: SelectorDeclaration } & (
  | { kind: 'product' }
  | { kind: 'search'; query: string }
);

/** Sent to a reading thread. */
export interface ReadingTask {
  page: SentPage;
  question: ReadingQuestion;
}

/** Sent once by a thread that has loaded the extractors. */
export const READY = 'ready';

/** Sent back; an error of the project's own classes would lose its class on the way. */
export type ReadingAnswer =
  | { read: Extraction | SearchPage }
  | { unreadable: { reason: UnreadableReason; message: string; url: string } }
  | { fault: unknown };
