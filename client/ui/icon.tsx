import type { ReactNode } from 'react';

/** Line icons of our own on a 24 px grid; always beside a word or inside a control that has a name. */
const SHAPES = {
  home: <path d="M4 11.5 12 5l8 6.5M6 10v9h4.5v-5h3v5H18v-9" />,
  search: (
    <>
      <circle cx="11" cy="11" r="6" />
      <path d="m15.5 15.5 4.5 4.5" />
    </>
  ),
  watch: <path d="M7 4.5h10V20l-5-4-5 4z" />,
  watched: <path d="M7 4.5h10V20l-5-4-5 4z" fill="currentColor" />,
  person: (
    <>
      <circle cx="12" cy="8.5" r="3.5" />
      <path d="M5 20c.6-4 3.5-6 7-6s6.4 2 7 6" />
    </>
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.4L17 7M7 17l-1.4 1.4m12.8 0L17 17M7 7 5.6 5.6" />
    </>
  ),
  moon: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />,
  screen: <path d="M4 5h16v11H4zm5 15h6m-3-4v4" />,
  offline: <path d="m4 4 16 16M8.5 8A6 6 0 0 0 7 19h10.5M12 6.2A6 6 0 0 1 18 12a4 4 0 0 1 2.8 5" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  few: <path d="M12 4v9m0 4.5v.5" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 7.5V12l3 2" />
    </>
  ),
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  question: <path d="M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4m0 4v.3" />,
  external: <path d="M13 5h6v6m0-6-8.5 8.5M10 6H5v13h13v-5" />,
  engine: <path d="M7 7h10v10H7zm3-4v4m4-4v4m-4 10v4m4-4v4M3 10h4m-4 4h4m10-4h4m-4 4h4" />,
  retry: <path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4" />,
  bag: <path d="M5.5 8h13l1 12h-15zM9 10V7a3 3 0 0 1 6 0v3" />,
  picture: <path d="M4 5h16v14H4zm0 11 5-5 4 4 3-3 4 4M15.5 9h.01" />,
  install: <path d="M12 4v10m-4-4 4 4 4-4M5 19h14" />,
  bin: <path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 12.5h8L17 7m-7 4v5m4-5v5" />,
  down: <path d="m6 9.5 6 6 6-6" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      {SHAPES[name]}
    </svg>
  );
}
