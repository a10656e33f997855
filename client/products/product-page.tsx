import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import type { ProductCard } from '../../shared/api/device-model.ts';
import type { Product, ProductDetail } from '../../shared/api/products.ts';
import { ItemRating } from '../activity/item-rating.tsx';
import { PurchaseButton } from '../activity/purchase-button.tsx';
import type { ActivityItem } from '../activity/use-record.ts';
import { useRecordView } from '../activity/use-record-view.ts';
import { ErrorState } from '../api/error-state.tsx';
import { ApiError } from '../api/http.ts';
import { productQuery } from '../api/queries.ts';
import { BestPrice } from '../comparison/best-price.tsx';
import { ComparisonSection } from '../comparison/comparison-section.tsx';
import { CURRENCY } from '../comparison/currency.ts';
import { SavedNote } from '../offline/saved-note.tsx';
import { PAGES, searchPath } from '../page-paths.ts';
import { useDeviceProduct, useDeviceReasons } from '../recommender/page/queries.ts';
import { reasonText } from '../recommender/page/reason.ts';
import { formatMoney } from '../ui/format-money.ts';
import page from '../ui/page.module.css';
import { EmptyState, Loading } from '../ui/states.tsx';
import { WatchButton } from '../watchlist/watch-button.tsx';
import { Picture } from './picture.tsx';
import styles from './product-page.module.css';
import { SimilarProducts } from './similar-products.tsx';

// Below the fold, and only here.
const PriceHistory = lazy(() => import('../comparison/history/price-history.tsx'));

/** `/product/:id` */
export default function ProductPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(productQuery(id));
  const { data: card } = useDeviceProduct(id, error !== null);
  if (data) return <ProductView key={id} product={data.data} savedAt={data.savedAt} />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState
        level={1}
        icon="search"
        title="There is no such product"
        action={
          <Button component={Link} to={PAGES.search} variant="contained">
            Search products
          </Button>
        }
      >
        The address may be mistyped, or the product is gone from this catalogue.
      </EmptyState>
    );
  }
  if (error && card) return <KnownProduct key={id} card={card} />;
  if (error) return <ErrorState level={1} error={error} onRetry={() => void refetch()} />;
  return <ProductSkeleton />;
}

function ProductView({ product, savedAt }: { product: ProductDetail; savedAt: Date | null }) {
  const item = { id: product.product_id, title: product.title, image: product.image };
  useRecordView(item);
  return (
    <article>
      <title>{`${product.title} – Magpie`}</title>
      <div className={styles.product}>
        <LargePicture {...item} />
        <div className={styles.about}>
          <Breadcrumbs product={product} />
          <h1>{product.title}</h1>
          <BestPrice query={product.title} currency={CURRENCY} productId={product.product_id} />
          <ListPrice price={product.list_price} />
          <div className={styles.actions}>
            <WatchButton product={product} />
            <PurchaseButton item={item} />
          </div>
          <YourRating item={item} />
          {product.description !== null && <p className={styles.description}>{product.description}</p>}
          <WhyItFits productId={product.product_id} />
          <SavedNote savedAt={savedAt} />
        </div>
      </div>
      <ComparisonSection query={product.title} currency={CURRENCY} productId={product.product_id} />
      <Suspense>
        <PriceHistory history={product.history} />
      </Suspense>
      <SimilarProducts product={product} />
      <Facts product={product} />
    </article>
  );
}

/** A product as this device's model knows it, where its page was never loaded: enough to rate it. */
function KnownProduct({ card }: { card: ProductCard }) {
  const item = { id: card.product_id, title: card.title, image: card.image };
  return (
    <article>
      <title>{`${card.title} – Magpie`}</title>
      <div className={styles.product}>
        <LargePicture {...item} />
        <div className={styles.about}>
          <h1>{card.title}</h1>
          <ListPrice price={card.list_price} />
          <div className={styles.actions}>
            <PurchaseButton item={item} />
          </div>
          <YourRating item={item} />
          <WhyItFits productId={card.product_id} />
          <p className={page.note}>
            The rest of this page has not been saved on this device. It loads by itself as soon as the server answers.
          </p>
        </div>
      </div>
      <SimilarProducts product={{ ...card, similar: [] }} />
    </article>
  );
}

function LargePicture({ title, image }: { title: string; image: string | null }) {
  return (
    <div className={styles.picture}>
      <Picture src={image} alt={title} eager />
    </div>
  );
}

function ListPrice({ price }: { price: Product['list_price'] }) {
  return price === null ? null : <p className={page.note}>List price {formatMoney(price)}</p>;
}

function YourRating({ item }: { item: ActivityItem }) {
  return (
    <div className={styles.rating}>
      <span className={page.note}>Your rating</span>
      <ItemRating item={item} size="large" />
    </div>
  );
}

function Breadcrumbs({ product }: { product: Product }) {
  return (
    <p className={styles.origin}>
      {product.brand !== null && <Link to={searchPath({ q: product.brand })}>{product.brand}</Link>}
      {product.category !== null && <Link to={searchPath({ category: product.category })}>{product.category}</Link>}
    </p>
  );
}

/** Why the product may suit this shopper, by this device's model. */
function WhyItFits({ productId }: { productId: string }) {
  const { data: reasons } = useDeviceReasons(productId);
  const text = reasons && reasonText(reasons);
  if (!text) return null;
  return <p className={page.note}>May suit you: {text.charAt(0).toLowerCase() + text.slice(1)}</p>;
}

function Facts({ product }: { product: Product }) {
  if (product.gtin === null) return null;
  return (
    <p className={`${page.section} ${page.note}`}>
      <span>Article number (GTIN) {product.gtin}</span>
    </p>
  );
}

function ProductSkeleton() {
  return (
    <Loading label="Loading the product">
      <div className={styles.product}>
        <Skeleton className={styles.picture} variant="rounded" height="auto" sx={{ aspectRatio: '1' }} />
        <div className={styles.about}>
          <Skeleton width="40%" height={24} />
          <Skeleton width="90%" height={52} />
          <Skeleton width="35%" height={52} />
          <Skeleton width="70%" height={44} />
          <Skeleton width="60%" height={44} />
        </div>
      </div>
    </Loading>
  );
}
