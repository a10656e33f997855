import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Icon } from '../ui/icon.tsx';
import styles from './search-field.module.css';

/** After the last keystroke: a word is one request, not eight. */
const TYPING_MS = 150;

/** Searches as you type. What is searched for stands in the address, so that it can be kept, shared and gone back to. */
export function SearchField({ autoFocus = false }: { autoFocus?: boolean }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const inAddress = pathname === '/search' ? (parameters.get('q') ?? '') : '';
  const [text, setText] = useState(inAddress);
  const sent = useRef(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward or a link changed the address: the field follows, unless it is what we have just sent there.
  useEffect(() => {
    if (inAddress === sent.current) return;
    sent.current = inAddress;
    setText(inAddress);
  }, [inAddress]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(query: string): void {
    clearTimeout(timer.current);
    sent.current = query;
    const next = new URLSearchParams(pathname === '/search' ? parameters : undefined);
    if (query === '') next.delete('q');
    else next.set('q', query);
    void navigate({ pathname: '/search', search: next.toString() }, { replace: pathname === '/search' });
  }

  function type(value: string): void {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(value.trim()), TYPING_MS);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    search(text.trim());
  }

  return (
    <search className={styles.search}>
      <form onSubmit={submit}>
        <Icon name="search" size={20} />
        <input
          type="search"
          name="q"
          value={text}
          // biome-ignore lint/a11y/noAutofocus: only on the search page, where typing is what one comes for
          autoFocus={autoFocus}
          placeholder="Search products"
          aria-label="Search products"
          autoComplete="off"
          enterKeyHint="search"
          maxLength={200}
          onChange={(event) => type(event.target.value)}
        />
      </form>
    </search>
  );
}
