/** A process that has the GPU until it is killed: `hold-gpu.ts ADAPTER FOLDER`. */
import { lockGpu } from '../gpu-lock.ts';

const [adapterName = '', folder = ''] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
await lockGpu(adapterName, {
  folder,
  onWait: () => say('waits'),
  onUnlockable: (error) => say(error.message),
});
say('has it');
setInterval(() => {}, 60_000);
