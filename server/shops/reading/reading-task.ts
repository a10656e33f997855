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

/** What is to be found out of a page. */
export type ReadingQuestion = { selectors: SelectorDeclaration } & (
  | { kind: 'product' }
  | { kind: 'search'; query: string }
);

/** What a reading thread is asked. */
export interface ReadingTask {
  page: SentPage;
  question: ReadingQuestion;
}

/** And what it answers; errors of the project's own classes would lose them on the way. */
export type ReadingAnswer =
  | { read: Extraction | SearchPage }
  | { unreadable: { reason: UnreadableReason; message: string; url: string } }
  | { fault: unknown };
