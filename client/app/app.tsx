import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { HomePage } from '../home/home-page.tsx';
import { PAGES } from '../page-paths.ts';
import { AppShell } from './app-shell.tsx';
import { NotFoundPage } from './not-found-page.tsx';

const SearchPage = lazy(() => import('../search/search-page.tsx'));
const ProductPage = lazy(() => import('../products/product-page.tsx'));
const ComparePage = lazy(() => import('../search/compare-page.tsx'));
const SharePage = lazy(() => import('../search/share-page.tsx'));
const WatchlistPage = lazy(() => import('../watchlist/watchlist-page.tsx'));
const YouPage = lazy(() => import('../activity/you-page.tsx'));

export function App() {
  return (
    <AppShell>
      <Suspense>
        <Routes>
          <Route path={PAGES.home} element={<HomePage />} />
          <Route path={PAGES.search} element={<SearchPage />} />
          <Route path={PAGES.product} element={<ProductPage />} />
          <Route path={PAGES.compare} element={<ComparePage />} />
          <Route path={PAGES.share} element={<SharePage />} />
          <Route path={PAGES.watchlist} element={<WatchlistPage />} />
          <Route path={PAGES.you} element={<YouPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </AppShell>
  );
}
