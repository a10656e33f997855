/** Our own mark; the same drawing as `client/public/icons/magpie.svg`. */
export function MagpieMark({ size = 32 }: { size?: number }) {
  return <img src="/icons/magpie.svg" alt="" width={size} height={size} />;
}
