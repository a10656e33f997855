import type { ProductCard as CardOfProduct } from '../../shared/api/device-model.ts';
import type { ProductDetail } from '../../shared/api/products.ts';
import { useDeviceSimilar } from '../recommender/page/queries.ts';
import page from '../ui/page.module.css';
import { ProductCard } from './product-card.tsx';
import { ProductGrid } from './product-grid.tsx';

/** Two rows of six, or six rows of two on a phone. */
const N_SIMILAR = 12;

/** Products that the same shoppers like: those of the same category, then the others. By this device's model where it has one. */
export function SimilarProducts({ product }: { product: Pick<ProductDetail, 'product_id' | 'category' | 'similar'> }) {
  const { data: onDevice } = useDeviceSimilar(product.product_id, N_SIMILAR);
  const near: CardOfProduct[] = onDevice ?? product.similar;
  const isSameKind = ({ category }: CardOfProduct) => product.category === null || category === product.category;
  return (
    <>
      <Products title="Similar products" products={near.filter(isSameKind)} />
      <Products title="Liked by the same shoppers" products={near.filter((other) => !isSameKind(other))} />
    </>
  );
}

function Products({ title, products }: { title: string; products: CardOfProduct[] }) {
  if (products.length === 0) return null;
  return (
    <section className={page.section}>
      <h2>{title}</h2>
      <ProductGrid label={title}>
        {products.map((other) => (
          <ProductCard key={other.product_id} product={other} />
        ))}
      </ProductGrid>
    </section>
  );
}
