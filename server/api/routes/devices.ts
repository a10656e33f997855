import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type LinkedDevices,
  linkCodeSchema,
  linkedDevicesSchema,
  linkedSchema,
  linkingSchema,
  namedDeviceSchema,
} from '../../../shared/api/devices.ts';
import { idSchema } from '../../../shared/api/values.ts';
import {
  LINK_CODE_LIFETIME_MS,
  LINK_CODE_SIGNS,
  newLinkCode,
  normaliseLinkCode,
  RECOVERY_CODE_SIGNS,
} from '../../access/link-codes.ts';
import { jsonBody, problemAnswer } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { ProblemError } from '../problem.ts';
import { access } from '../route-access.ts';

const NOT_KEPT = { 'cache-control': 'private, no-store' };

const codeRoute = createRoute({
  method: 'post',
  path: '/devices/codes',
  operationId: 'createLinkCode',
  ...access({ class: 'own device' }),
  tags: ['Devices'],
  summary: 'A code by which another device becomes the shopper’s',
  description: 'It works once, for ten minutes, and replaces the code before it.',
  request: { body: { required: true, ...jsonBody(namedDeviceSchema) } },
  responses: {
    200: { description: 'The code', ...jsonBody(linkCodeSchema) },
    410: problemAnswer('The data of this shopper has been deleted'),
  },
});

const recoveryCodeRoute = createRoute({
  method: 'post',
  path: '/devices/recovery-code',
  operationId: 'createRecoveryCode',
  ...access({ class: 'own device' }),
  tags: ['Devices'],
  summary: 'A code to keep for the day on which every device is lost',
  description:
    'It is told once and kept as a hash. It links a device as any code does, once, and does not expire; a new one replaces it.',
  request: { body: { required: true, ...jsonBody(namedDeviceSchema) } },
  responses: {
    200: { description: 'The code', ...jsonBody(linkCodeSchema) },
    410: problemAnswer('The data of this shopper has been deleted'),
  },
});

const linkRoute = createRoute({
  method: 'post',
  path: '/devices/link',
  operationId: 'linkDevice',
  ...access({ class: 'own device' }),
  tags: ['Devices'],
  summary: 'Make this device one of the shopper’s whose code it has',
  description:
    'What was kept of this device’s own shopper is added to theirs: events, watches, other devices. Its earlier user_id stands for the shopper from then on.',
  request: { body: { required: true, ...jsonBody(linkingSchema) } },
  responses: {
    200: { description: 'Whose the device is now', ...jsonBody(linkedSchema) },
    403: problemAnswer('The code is unknown, used or too old'),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/devices',
  operationId: 'listDevices',
  ...access({ class: 'own device' }),
  tags: ['Devices'],
  summary: 'The devices of the shopper for whom this device acts',
  responses: { 200: { description: 'The devices', ...jsonBody(linkedDevicesSchema) } },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/devices/{id}',
  operationId: 'removeDevice',
  ...access({ class: 'own device' }),
  tags: ['Devices'],
  summary: 'Remove a device from the shopper’s',
  description:
    'Within a second its secret proves nothing any more (401). What it did stays the shopper’s. It may go on with a new secret, as a new shopper.',
  request: {
    params: z.object({
      id: idSchema().describe('As `device_id` gives it.').meta({ example: 'd-0f9a4c1e3b7d4e558f3a2b1c0d9e8f7a' }),
    }),
  },
  responses: {
    200: { description: 'The devices that are left', ...jsonBody(linkedDevicesSchema) },
    404: problemAnswer('No such device'),
  },
});

export function deviceRoutes(
  app: OpenAPIHono,
  { gate, limits, store }: Pick<ApiParts, 'gate' | 'limits' | 'store'>,
): void {
  const addCode = async (c: Context, kind: 'link' | 'recovery', name: string) => {
    await limits.take(c, 'new link codes');
    const { deviceId, userId: shopperId } = gate.deviceOf(c);
    const now = new Date();
    const code = newLinkCode(kind === 'link' ? LINK_CODE_SIGNS : RECOVERY_CODE_SIGNS);
    const expiresAt = kind === 'link' ? new Date(now.getTime() + LINK_CODE_LIFETIME_MS) : null;
    const device = { deviceId, shopperId, name, linkedAt: now, lastSeenAt: now };
    await store.links.addCode({ code: normaliseLinkCode(code), kind, device, expiresAt });
    return { code, expires_at: expiresAt?.toISOString() ?? null };
  };

  app.openapi(codeRoute, async (c) => c.json(await addCode(c, 'link', c.req.valid('json').device_name), 200, NOT_KEPT));

  app.openapi(recoveryCodeRoute, async (c) =>
    c.json(await addCode(c, 'recovery', c.req.valid('json').device_name), 200, NOT_KEPT),
  );

  app.openapi(linkRoute, async (c) => {
    // Before the code is looked at: one that is right is none the less the last of many guesses.
    await limits.take(c, 'refused credentials');
    const { code, device_name: name } = c.req.valid('json');
    const { deviceId } = gate.deviceOf(c);
    const now = new Date();
    const userId = await store.links.join({
      code: normaliseLinkCode(code),
      device: { deviceId, name, linkedAt: now, lastSeenAt: now },
    });
    if (userId === null) {
      c.set('accessRefused', 'link code unknown, used or too old');
      throw new ProblemError({
        title: 'This code has been used, or is too old',
        status: 403,
        detail: 'A code works once, and for ten minutes; only a recovery code lasts longer.',
        action: 'Have a new code shown by a device that is the shopper’s already.',
      });
    }
    gate.deviceChanged(deviceId);
    return c.json({ user_id: userId }, 200, NOT_KEPT);
  });

  const devicesOf = async (c: Context): Promise<LinkedDevices> => {
    const { deviceId, userId } = gate.deviceOf(c);
    const devices = await store.links.ofShopper(userId);
    return {
      user_id: userId,
      devices: devices.map(({ deviceId: id, name, linkedAt, lastSeenAt }) => ({
        ...{ device_id: id, name, is_this: id === deviceId },
        ...{ linked_at: linkedAt.toISOString(), last_seen_at: lastSeenAt.toISOString() },
      })),
    };
  };

  app.openapi(listRoute, async (c) => c.json(await devicesOf(c), 200, NOT_KEPT));

  app.openapi(removeRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { userId } = gate.deviceOf(c);
    if (!(await store.links.remove(userId, id, new Date()))) {
      throw new ProblemError({
        title: 'No such device',
        status: 404,
        detail: `The shopper has no device "${id}".`,
        action: 'See GET /devices for those that there are.',
      });
    }
    gate.deviceChanged(id);
    return c.json(await devicesOf(c), 200, NOT_KEPT);
  });
}
