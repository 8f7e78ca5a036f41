import type { Services } from '../app.ts';
import { Problem } from '../problem.ts';

/** Services whose parts are being built beside this one; each moves to `start.ts` when it is there. */
const notHere = async (): Promise<never> => {
  throw new Problem({ code: 'capability_missing', message: 'This part of Canopy is not built in yet.', action: 'Wait for it.' });
};

export const partsToCome: Pick<Services, 'exports'> = {
  exports: { create: notHere, open: notHere },
};
