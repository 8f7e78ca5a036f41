import { randomBytes } from 'node:crypto';

/** An id for something made while the sandbox runs: 32 hexadecimal digits. */
export const newId = (): string => randomBytes(16).toString('hex');
