import type { Reason } from '../../../shared/api/recommendations.ts';

const DID = { purchase: 'you bought', rating: 'you rated', view: 'you looked at' } as const;

/** A recommendation's chief reason in words; null where there is none with a title. */
export function reasonText(reasons: readonly Reason[]): string | null {
  const [reason] = reasons;
  if (reason === undefined) return null;
  switch (reason.kind) {
    case 'because_of':
      return reason.title === undefined ? null : `Because ${DID[reason.event ?? 'view']} “${reason.title}”`;
    case 'popular':
      return 'Popular with all shoppers';
    case 'similar_category':
      return reason.title === undefined ? 'From a category you like' : `Like “${reason.title}”, which you know`;
    default:
      return reason.kind satisfies never;
  }
}
