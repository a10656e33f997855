import { type RefObject, useLayoutEffect, useRef } from 'react';

const MOTION_MS = 220;

/**
 * Lets the children of a list glide to their new places instead of jumping, when better offers come in between (FLIP:
 * first, last, invert, play). Children are told apart by `data-key`. Rests where motion is unwanted.
 */
export function useListMotion<E extends HTMLElement>(): RefObject<E | null> {
  const list = useRef<E>(null);
  const places = useRef(new Map<string, number>());

  useLayoutEffect(() => {
    if (list.current === null) return;
    const wanted = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const before = places.current;
    places.current = new Map();
    for (const child of list.current.children) {
      if (!(child instanceof HTMLElement)) continue;
      const key = child.dataset['key'] ?? '';
      const top = child.offsetTop;
      places.current.set(key, top);
      const moved = (before.get(key) ?? top) - top;
      if (wanted && moved !== 0) {
        child.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
          duration: MOTION_MS,
          easing: 'ease-out',
        });
      }
    }
  });
  return list;
}
