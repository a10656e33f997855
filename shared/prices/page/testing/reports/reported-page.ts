import { plainPage } from '../kinds/plain-page.ts';
import type { ShopPage } from '../shop-page.ts';

/** A public report of another tracker's fault. */
export interface Report {
  /** `tracker, number of the thread, its title in our words`. */
  name: string;
  /** Where the report stands. */
  address: string;
}

/** A page with the situation of a report, rebuilt with an invented shop and product. */
export type ReportedPage = ShopPage & Report;

/** A thread of a tracker's repository on GitHub (`issues/12`, `pull/12`), and its title in our words. */
export function report(repository: string, thread: string, title: string): Report {
  const [tracker, number] = [repository.split('/').at(-1), thread.split('/').at(-1)];
  return { name: `${tracker}, ${number}, ${title}`, address: `https://github.com/${repository}/${thread}` };
}

/** A reduced product page, named by its report. */
export function reportedPage(
  { name, address }: Report,
  page: Parameters<typeof plainPage>[1],
  expected: ShopPage['expected'],
): ReportedPage {
  return { ...plainPage(name, page, expected), address };
}
