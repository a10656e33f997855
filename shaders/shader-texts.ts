/** The text of every kernel and prelude in this folder, by file name without `.wgsl`. */
export class ShaderTexts {
  readonly #texts: ReadonlyMap<string, string>;

  /** @param entries file names, with or without a path, and their texts */
  constructor(entries: Iterable<readonly [file: string, text: string]>) {
    this.#texts = new Map(Array.from(entries, ([file, text]) => [file.replace(/^.*\/|\.wgsl$/g, ''), text]));
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()].sort();
  }

  /** @throws RangeError for a name that no file has */
  get(name: string): string {
    const text = this.#texts.get(name);
    if (text === undefined) throw new RangeError(`there is no kernel "${name}": shaders/ has ${this.names.join(', ')}`);
    return text;
  }
}
