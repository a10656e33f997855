import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { REMOTE_IMAGE_PATH } from '../../images/image-links.ts';
import { FAILURE_FRESH_MS } from '../../images/image-proxy.ts';
import { problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access, publicPath } from '../route-access.ts';

/** An SVG opened by itself is a document: it may run and load nothing, and is of no origin where it is a stranger's. */
const DRAWING_ONLY = "default-src 'none'; style-src 'unsafe-inline'";
const STRANGERS_PICTURE = `${DRAWING_ONLY}; sandbox`;

const remoteRoute = createRoute({
  method: 'get',
  path: REMOTE_IMAGE_PATH,
  operationId: 'getPicture',
  ...access({ class: 'public' }),
  tags: ['Products'],
  summary: 'A shop’s picture of a product, on our own origin',
  description: 'The links stand in the answers as `image`; each is signed, so that nobody else’s picture is fetched.',
  request: {
    query: z.object({
      url: z.string().max(4096).describe('Address of the picture, as the link has it.'),
      sig: z.string().max(100).describe('Signature of the link.'),
    }),
  },
  responses: {
    200: {
      description: 'The picture',
      content: {
        'image/*': {
          schema: z.string().meta({ format: 'binary', description: 'A PNG, JPEG, WebP, AVIF, GIF or SVG.' }),
        },
      },
    },
    403: problemAnswer('The link was not made by this server'),
    404: problemAnswer('The picture cannot be had'),
  },
});

export function imageRoutes(app: OpenAPIHono, { imageLinks, images, drawPicture }: ApiParts): void {
  /** Pictures that are drawn from the path alone, so they never change. */
  app.get(publicPath(app, '/images/:folder/:name{[\\w-]+\\.svg}'), async (c) => {
    const svg = await drawPicture(c.req.path);
    if (svg === null) throw new ProblemError({ title: 'No such picture', status: 404 });
    return c.body(svg, 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=604800',
      'content-security-policy': DRAWING_ONLY,
    });
  });

  app.openapi(remoteRoute, async (c) => {
    const { url, sig } = c.req.valid('query');
    if (!imageLinks.isOurs(url, sig)) {
      throw new ProblemError({
        title: 'This link to a picture was not made here',
        status: 403,
        detail: 'Its signature does not fit: only pictures that an answer of this server links to are fetched.',
        action: 'Ask for the product or the comparison again, and use the link that stands there.',
      });
    }
    const image = await images.get(url);
    if (image === null) {
      throw new ProblemError(
        {
          title: 'The picture cannot be had',
          status: 404,
          detail: 'Its shop does not give it, or it is no picture, or a too large one.',
        },
        { 'cache-control': `public, max-age=${FAILURE_FRESH_MS / 1000}` },
      );
    }
    return c.body(image.bytes, 200, {
      'content-type': image.type,
      'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
      'content-security-policy': STRANGERS_PICTURE,
    });
  });
}
