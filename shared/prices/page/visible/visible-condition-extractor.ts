import type { Condition } from '../../offer.ts';
import type { Extractor } from '../extractor.ts';
import { Ballot } from '../vote.ts';
import { NOT_OWN } from './surroundings.ts';

/** "Condition" before a colon, at the end of a text, or alone, in the main languages of shops. */
const LABEL =
  /^(?:(?:item |product )?condition|(?:artikel)?zustand|[ée]tat(?: du produit)?|estado(?: del (?:producto|artículo))?|condici[óo]n|condizion[ei]|conditie|staat|stan(?: produktu)?|skick|tilstand|stand|kunto|stav|állapot|stare|состояние|стан|durumu?|商品の状態|状態|コンディション|成色|新旧程度|상품 ?상태|상태|الحالة|מצב)\s*(?:[:：]\s*(.*))?$/iu;

/** What shops call a condition; the first that fits counts, so that "used - like new" is used. */
const WORDS: readonly [condition: Condition, words: RegExp][] = [
  [
    'RefurbishedCondition',
    /refurbished|renewed|reconditioned|general ?überholt|(?:wieder|professionell) aufbereitet|reconditionn|reacondicionad|recondicionad|ricondizionat|rigenerat|gereviseerd|odnowion|regenerowan|repasovan|felújított|восстановлен|yenilenmiş|整備済|再生品|翻新|整新|리퍼/iu,
  ],
  [
    'DamagedCondition',
    /damaged|for parts|not working|defekt|beschädigt|pour pièces|para piezas|per ricambi|uszkodzon|ジャンク/iu,
  ],
  [
    'UsedCondition',
    /(?<!\p{L})(?:used|pre-?owned|pre-?loved|second[- ]hand|like new|gebraucht|occasion|d['’]occasion|usad[oa]|segunda mano|seminovo|usat[oa]|gebruikt|tweedehands|używan[yae]|begagna[dt]|brugt|brukt|käytetty|použit[ýé]|bazar|használt|ikinci el|б\/у|бу|подержанн\p{L}*|вживан\p{L}*|مستعمل|משומש)(?!\p{L})|中古|二手|중고/iu,
  ],
  [
    'NewCondition',
    /^(?:brand )?(?:new|neu|neuware|neuf|neuve|nuev[oa]|nuov[oa]|nieuw|now[yae]|nov[oaáéý]|ny|nytt|uusi|új|nou|нов(?:ый|ое|ая|ий)|yeni|sıfır|جديد|חדש)(?!\p{L})|^(?:新品|全新|새 ?상품|미개봉)/iu,
  ],
];

const BEFORE_TITLE = 20;
const AFTER_TITLE = 300;
const MAX_LENGTH = 60;
const LABELLED = 0.8;
/** A title that says so is about that; what is new is hardly ever called so. */
const IN_TITLE: Partial<Record<Condition, number>> = { RefurbishedCondition: 0.7 };

/** Whether the thing is new, used or refurbished, by a labelled value or by the title. */
export const visibleCondition: Extractor = {
  name: 'visible-condition',
  fills: ['condition'],
  vote({ layout }) {
    const ballot = new Ballot();
    for (const placed of layout.around(BEFORE_TITLE, AFTER_TITLE, MAX_LENGTH)) {
      const label = LABEL.exec(placed.text);
      if (!label || (layout.bitsAround(placed.node) & NOT_OWN) !== 0) continue;
      const value = label[1] || (layout.valueAfter(placed, 1) ?? '');
      ballot.add('condition', conditionIn(value), `${placed.text} ${label[1] ? '' : value}`.trim(), LABELLED);
      if (ballot.votes.length > 0) break;
    }
    const title = layout.title ?? '';
    const named = conditionIn(title);
    const sure = named === null ? undefined : IN_TITLE[named];
    if (sure !== undefined) ballot.add('condition', named, title, sure);
    return ballot.votes;
  },
};

function conditionIn(text: string): Condition | null {
  return WORDS.find(([, words]) => words.test(text))?.[0] ?? null;
}
