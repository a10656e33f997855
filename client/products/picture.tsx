import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import styles from './picture.module.css';

interface PictureProps {
  /** null: there is none. */
  src: string | null;
  alt: string;
  /** The first pictures of a page load at once; the others when they come near. */
  eager?: boolean;
}

/** A square picture whose place is there before it is; a missing one is a quiet sign, never a broken image. */
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
