/** Key → bytes with a time to live. Adapters: memory (lru-cache), redis (ioredis). A lost entry is always allowed. */
export interface Cache {
  get(key: string): Promise<string | null>;
  /** @param ttlMs how long the entry may be answered; every entry has one, so that the cache cannot grow without end. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets what is not there; false where it is. Where that is not known, it sets: work is then done twice, rather than never. */
  add(key: string, value: string, ttlMs: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** @throws when it does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
