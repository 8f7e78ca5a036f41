import { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { FaultRegister } from './faults/register.ts';
import { FaultRule, type FaultReport } from './faults/rules.ts';
import type { RequestLog } from './request-log.ts';
import { SwitchChange, type Switches } from './switches.ts';

export interface ControlParts {
  readonly faults: FaultRegister;
  readonly requests: RequestLog;
  readonly switches: { get(): Switches; set(change: SwitchChange): void };
}

/** The sandbox's own controls, beside the API and never under it: faults, the log of requests, switches. */
export function controls({ faults, requests, switches }: ControlParts): Hono {
  const app = new Hono();

  // a page in a browser has no business here, wherever it comes from
  app.use(async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    if (c.req.header('origin') !== undefined || (site !== undefined && site !== 'none')) {
      return c.json({ error: 'The controls of the sandbox do not answer pages.' }, 403);
    }
    return next();
  });

  app.get('/', (c) =>
    c.text(
      'Canopy sandbox: an imitation of the Cloudflare Organizations API with made-up data. It is not Cloudflare.\n' +
        'API: /client/v4   Controls: /faults /requests /options\n',
    ),
  );

  app.post('/faults', async (c) => {
    const read = FaultRule.safeParse(await c.req.json().catch(() => undefined));
    return read.success ? c.json(faults.add(read.data), 201) : c.json({ error: problemsOf(read.error) }, 400);
  });
  app.get('/faults', (c) => c.json({ rules: faults.list(), requests: requests.counts() } satisfies FaultReport));
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ rules: [] });
  });
  app.delete('/faults/:id', (c) =>
    faults.remove(c.req.param('id')) ? c.json({}) : c.json({ error: 'There is no such rule.' }, 404),
  );

  app.get('/requests', (c) => {
    const since = c.req.query('since') ?? '0';
    const bySequence = /^\d{1,15}$/.test(since);
    if (!bySequence && Number.isNaN(Date.parse(since)))
      return c.json({ error: 'since must be a sequence number or a time' }, 400);
    return c.json({
      last: requests.last,
      requests: bySequence ? requests.since(Number(since)) : requests.from(Date.parse(since)),
    });
  });

  app.get('/options', (c) => c.json(switches.get()));
  app.post('/options', async (c) => {
    const read = SwitchChange.safeParse(await c.req.json().catch(() => undefined));
    if (!read.success) return c.json({ error: problemsOf(read.error) }, 400);
    switches.set(read.data);
    return c.json(switches.get());
  });

  app.notFound((c) => c.json({ error: 'The sandbox has /client/v4, /faults, /requests and /options.' }, 404));
  return app;
}

const problemsOf = (error: z.core.$ZodError) =>
  error.issues.map(({ path, message }) => `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`).join('; ');
