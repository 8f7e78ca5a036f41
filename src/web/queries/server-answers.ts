import { getVisitor } from '../../contract/canopy/session.ts';
import { ask, Failure } from './client.ts';

/** Whether Canopy is there at all: any answer counts. It does not keep a session alive. */
export async function serverAnswers(): Promise<boolean> {
  try {
    await ask(getVisitor, { slide: false });
    return true;
  } catch (error) {
    return error instanceof Failure && error.status !== 0;
  }
}
