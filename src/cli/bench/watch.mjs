// Loaded into a process that is measured: tells how long its event loop was held, whenever it is asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolution = 5;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', () =>
  process.send?.({ p99: Math.max(0, delay.percentile(99) / 1e6 - resolution), max: delay.max / 1e6 - resolution }),
);
// being asked is no reason to stay alive
process.channel?.unref();
