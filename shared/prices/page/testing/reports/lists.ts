import type { ListPage } from '../kinds/lists.ts';
import { type Report, report } from './reported-page.ts';

const WISHES = ['青い急須', '白い湯呑み', '竹の茶筅', '黒い茶碗'];

/** Reports of lists whose offers are misread. */
export const REPORTED_LISTS: readonly (ListPage & Report)[] = [
  {
    ...report('edent/amazon-wish-lister', 'issues/13', 'the price is taken for the title'),
    url: 'https://mise.example/wishlist/7',
    html: `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>ほしい物リスト</title></head><body><main><h1>ほしい物リスト</h1><ul>${WISHES.map(
      (name, i) =>
        `<li class="item"><a href="/p/${i}" class="price"><span class="offscreen">¥${i + 1},200</span><span aria-hidden="true"><span>¥</span><span>${i + 1},200</span></span></a><a href="/p/${i}" class="link">${name}</a><button>カートに入れる</button></li>`,
    ).join('')}</ul></main></body></html>`,
    items: WISHES.map((name, i) => `${name} ${i + 1}200 JPY`),
  },
];
