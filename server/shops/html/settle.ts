/** The outcomes of work that is under way, each as soon as it is there. */
export async function* asTheySettle<T>(work: readonly Promise<T>[]): AsyncGenerator<PromiseSettledResult<T>> {
  const pending = new Map(
    work.map((promise, index) => [index, Promise.allSettled([promise]).then(([outcome]) => ({ index, outcome }))]),
  );
  while (pending.size > 0) {
    const { index, outcome } = await Promise.race(pending.values());
    pending.delete(index);
    yield outcome;
  }
}
