import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { PAGES } from '../page-paths.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './search-field.module.css';

/** Pause after the last keystroke, so that a word is one request. */
const TYPING_MS = 150;

/** Searches as you type. The query stands in the address, so that it can be bookmarked, shared and returned to. */
export function SearchField({ autoFocus = false }: { autoFocus?: boolean }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const inAddress = pathname === PAGES.search ? (parameters.get('q') ?? '') : '';
  const [text, setText] = useState(inAddress);
  const sent = useRef(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The field follows an address that was changed by back, forward or a link, but not by its own search.
  useEffect(() => {
    if (inAddress === sent.current) return;
    sent.current = inAddress;
    setText(inAddress);
  }, [inAddress]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(query: string): void {
    clearTimeout(timer.current);
    sent.current = query;
    const next = new URLSearchParams(pathname === PAGES.search ? parameters : undefined);
    if (query === '') next.delete('q');
    else next.set('q', query);
    void navigate({ pathname: PAGES.search, search: next.toString() }, { replace: pathname === PAGES.search });
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
