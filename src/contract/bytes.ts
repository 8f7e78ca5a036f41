import * as z from 'zod/mini';
import type { Schema } from './endpoint.ts';

/** A body that is bytes and no JSON, sent as `application/octet-stream`. */
export const Bytes: Schema<Uint8Array<ArrayBuffer>> = z.instanceof(Uint8Array<ArrayBuffer>);
