/** What an answer without offers and without failures means, and what to do next. For people. */
export function nextStep(query: string, { nShops }: { nShops: number }): string {
  if (nShops === 0) {
    return 'No shop is known yet, so none was asked: the operator adds one with "magpie shops add https://…".';
  }
  const shops =
    nShops === 1 ? 'The one shop that we know does not have' : `None of the ${nShops} shops that we know has`;
  return `${shops} "${query}". Ask with fewer or other words, or with the address of the product's page; the operator adds further shops with "magpie shops add https://…".`;
}
