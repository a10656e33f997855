/** The package has no types of its own; these are its README's. */
declare module 'html-encoding-sniffer' {
  /** @returns the canonical name of an encoding of the WHATWG Encoding Standard. */
  export default function htmlEncodingSniffer(
    bytes: Uint8Array,
    options?: { xml?: boolean; transportLayerEncodingLabel?: string; defaultEncoding?: string },
  ): string;
}
