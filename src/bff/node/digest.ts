import { createHash } from 'node:crypto';
import type { NewDigest } from '../exports/digest.ts';

export const newSha256: NewDigest = () => {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hash.digest('hex'),
  };
};
