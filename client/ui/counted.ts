/** e.g. `1 offer`, `1,204 products`: nouns with a regular plural. */
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString()} ${n === 1 ? noun : `${noun}s`}`;
}
