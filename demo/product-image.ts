import { demoProduct } from './catalogue/catalogue.ts';
import type { DemoProduct } from './catalogue/product.ts';
import { glyphs } from './images/glyphs.ts';
import { bodyColour, brandHue, shade } from './images/palette.ts';

/** Above this a model's name is set smaller, so that it stays inside the picture. */
const LONG_NAME = 22;

const IMAGE_PATH = /^\/images\/demo\/([\w-]+)\.svg$/;

/** Where a product's picture is, on our own origin. */
export function productImagePath(productId: string): string {
  return `/images/demo/${productId}.svg`;
}

/** The picture at such a path; null for any other, and where there is no such product. */
export function productImageAt(path: string): string | null {
  const [, productId] = IMAGE_PATH.exec(path) ?? [];
  return productId === undefined ? null : productImageSvg(productId);
}

/**
 * A product's picture, 400 × 400: its shape in its own colour on a light ground in the brand's tint, and its name. The ground is
 * part of the picture, so that it looks the same on light and dark pages.
 * @returns null when there is no such product.
 */
export function productImageSvg(productId: string): string | null {
  const product = demoProduct(productId);
  return product === null ? null : draw(product);
}

function draw(product: DemoProduct): string {
  const hue = brandHue(product.brand);
  const body = bodyColour(product.version.find(({ name }) => name === 'Colour')?.value);
  const colours: Record<string, string> = {
    b: body,
    s: shade(body, -0.22),
    l: shade(body, 0.45),
    a: `hsl(${hue} 58% 48%)`,
    d: '#2b2f36',
    m: '#aab2bc',
  };
  const glyph = glyphs[product.glyph].replace(/\$([bsladm])/g, (_, name: string) => colours[name] ?? body);
  const detail = product.version.map(({ value }) => value).join(' · ');
  const name = escapeXml(product.model);
  const nameSize = product.model.length > LONG_NAME ? 17 : 23;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img">
<title>${escapeXml(product.title)}</title>
<defs><linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 45% 96%)"/><stop offset="1" stop-color="hsl(${hue} 38% 88%)"/></linearGradient></defs>
<rect width="400" height="400" fill="url(#ground)"/>
<ellipse cx="200" cy="274" rx="120" ry="14" fill="hsl(${hue} 30% 40%)" opacity=".16"/>
<g transform="translate(72 26) scale(1.28)">${glyph}</g>
<g font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" text-anchor="middle">
<text x="200" y="318" font-size="14" letter-spacing="2.5" fill="hsl(${hue} 45% 32%)">${escapeXml(product.brand.toUpperCase())}</text>
<text x="200" y="347" font-size="${nameSize}" font-weight="600" fill="#22262b">${name}</text>
<text x="200" y="373" font-size="15" fill="#59616c">${escapeXml(detail)}</text>
</g></svg>`;
}

const escapeXml = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character,
  );
