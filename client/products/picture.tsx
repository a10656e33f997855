import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import styles from './picture.module.css';

interface PictureProps {
  /** null: there is none. */
  src: string | null;
  alt: string;
  /** Whether it loads at once; else when it comes near the view. */
  eager?: boolean;
}

/** A square picture in a place of fixed size. A missing one becomes a placeholder, never a broken image. */
export function Picture({ src, alt, eager = false }: PictureProps) {
  const [missing, setMissing] = useState<string | null>(null);
  if (src === null || missing === src) {
    return (
      <span className={styles.none}>
        <Icon name="picture" size={40} />
        {alt !== '' && <span className="visually-hidden">No picture</span>}
      </span>
    );
  }
  return (
    <img
      className={styles.picture}
      src={src}
      alt={alt}
      width={400}
      height={400}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      decoding="async"
      onError={() => setMissing(src)}
    />
  );
}
