import { z } from 'zod';
import { textSchema } from './values.ts';

const deviceName = textSchema({ min: 1, max: 60 }).describe('What people call the device, such as “Firefox on Linux”.');

/** What the device that asks calls itself: `POST /devices/codes`, `POST /devices/recovery-code`. */
export const namedDeviceSchema = z
  .object({ device_name: deviceName })
  .meta({ id: 'NamedDevice', description: 'What the device that asks calls itself.' });

/** `POST /devices/codes`, `POST /devices/recovery-code`: a code by which one more device becomes the shopper’s. */
export const linkCodeSchema = z
  .object({
    code: z.string().describe('To be shown to people; case, spaces and hyphens do not matter. It works once.'),
    expires_at: z.iso.datetime().nullable().describe('Null: never.'),
  })
  .meta({ id: 'LinkCode', description: 'A code by which one more device becomes the shopper’s.' });

/** `POST /devices/link` */
export const linkingSchema = z
  .object({
    code: textSchema({ min: 1, max: 64 }).describe('As another device of the shopper shows it, or a recovery code.'),
    device_name: deviceName,
  })
  .meta({ id: 'Linking', description: 'What makes this device one of a shopper’s.' });

export const linkedSchema = z
  .object({ user_id: z.string().describe('The shopper for whom this device acts from now on.') })
  .meta({ id: 'Linked', description: 'Whose the device is now.' });

/** `GET /devices` */
export const linkedDevicesSchema = z
  .object({
    user_id: z.string().describe('The shopper for whom this device acts.'),
    devices: z
      .array(
        z.object({
          device_id: z.string().describe('Id of the device.'),
          name: z.string().describe('What people call it.'),
          linked_at: z.iso.datetime().describe('When it became one of the shopper’s.'),
          last_seen_at: z.iso.datetime().describe('When it last asked, to the minute.'),
          is_this: z.boolean().describe('Whether it is the device that asks.'),
        }),
      )
      .describe('In the order in which they were linked; none where the device that asks was never linked.'),
  })
  .meta({ id: 'LinkedDevices', description: 'The devices of a shopper.' });
export type LinkedDevices = z.infer<typeof linkedDevicesSchema>;
