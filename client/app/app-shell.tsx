import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { PAGES } from '../page-paths.ts';
import { EngineChip } from '../recommender/engine/engine-chip.tsx';
import { SearchField } from '../search/search-field.tsx';
import { ProfileButton } from '../shopper/profile-button.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { MagpieMark } from '../ui/magpie-mark.tsx';
import { useNotice } from '../ui/notices.ts';
import { ColorModeButton } from '../ui/theme/color-mode-button.tsx';
import { ThemeColor } from '../ui/theme/theme-color.tsx';
import styles from './app-shell.module.css';
import { ConnectionBar } from './connection-bar.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

const NoticeBar = lazy(() => import('../ui/notice-bar.tsx'));

const NAVIGATION: { to: string; label: string; icon: IconName }[] = [
  { to: PAGES.home, label: 'For you', icon: 'home' },
  { to: PAGES.search, label: 'Search', icon: 'search' },
  { to: PAGES.watchlist, label: 'Watchlist', icon: 'watch' },
  { to: PAGES.you, label: 'You', icon: 'person' },
];

/** The top bar, the page, and on phones the navigation at the bottom. */
export function AppShell({ children }: { children: ReactNode }) {
  const main = useFocusOnNewPage();
  const { pathname } = useLocation();
  const notice = useNotice();
  return (
    <div className={styles.shell}>
      <ThemeColor />
      <a className={styles.skip} href="#page">
        Skip to the page
      </a>
      <header className={styles.bar}>
        <Link to={PAGES.home} className={styles.brand}>
          <MagpieMark size={36} />
          <span>Magpie</span>
        </Link>
        <div className={styles.wide}>
          <SearchField />
          <nav aria-label="Pages" className={styles.links}>
            <NavLink to={PAGES.watchlist}>
              <Icon name="watch" size={20} /> Watchlist
            </NavLink>
          </nav>
          <EngineChip />
          <ColorModeButton />
          <ProfileButton />
        </div>
      </header>
      <ConnectionBar />
      <main id="page" ref={main} tabIndex={-1} className={styles.page}>
        <ErrorBoundary key={pathname}>{children}</ErrorBoundary>
      </main>
      <nav aria-label="Pages" className={styles.bottom}>
        {NAVIGATION.map(({ to, label, icon }) => (
          <NavLink key={to} to={to} end={to === PAGES.home}>
            <Icon name={icon} />
            {label}
          </NavLink>
        ))}
      </nav>
      {notice !== null && (
        <Suspense>
          <NoticeBar notice={notice} />
        </Suspense>
      )}
    </div>
  );
}

/** Moves the focus and the view to the top of each new page, so that screen readers and keyboards begin there too. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname, hash } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView();
    if (shown.current === pathname) return;
    shown.current = pathname;
    // Typing into the top bar's field opens the search page; the field keeps the focus.
    if (document.activeElement instanceof HTMLInputElement) return;
    main.current?.focus({ preventScroll: true });
    if (hash === '') window.scrollTo(0, 0);
  }, [pathname, hash]);
  return main;
}
