import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const MOTION_MS = 220;

/**
 * Lets the rows of a list glide to their new places instead of jumping, when better ones come in between (FLIP: first,
 * last, invert, play). What comes while rows are on their way is shown when they have arrived: a row that changes its
 * course in flight counts as a layout shift, and is unrest for the eye. Rests where motion is unwanted.
 *
 * @param items of stable identity while nothing changes
 * @returns what to show now, and a ref for the list; its children are told apart by `data-key`
 */
export function useListMotion<E extends HTMLElement, T>(items: T[]): { list: RefObject<E | null>; shown: T[] } {
  const list = useRef<E>(null);
  const places = useRef(new Map<string, number>());
  const latest = useRef(items);
  const isMoving = useRef(false);
  const [shown, setShown] = useState(items);

  useEffect(() => {
    latest.current = items;
    if (!isMoving.current) setShown(items);
  }, [items]);

  useLayoutEffect(() => {
    if (list.current === null || isMoving.current) return;
    const moves: Promise<unknown>[] = [];
    const wanted = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const before = places.current;
    places.current = new Map();
    for (const child of list.current.querySelectorAll<HTMLElement>(':scope > [data-key]')) {
      const key = child.dataset['key'] ?? '';
      const top = child.offsetTop;
      places.current.set(key, top);
      const moved = (before.get(key) ?? top) - top;
      if (!wanted || moved === 0) continue;
      const keyframes = [{ transform: `translateY(${moved}px)` }, { transform: 'none' }];
      moves.push(child.animate(keyframes, { duration: MOTION_MS, easing: 'ease-out' }).finished);
    }
    if (moves.length === 0) return;
    isMoving.current = true;
    // A row that is removed in flight never arrives, and its promise is rejected.
    void Promise.allSettled(moves).then(() => {
      isMoving.current = false;
      setShown(latest.current);
    });
  });
  return { list, shown };
}
