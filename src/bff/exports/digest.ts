/** SHA-256 of something too long to hold, piece by piece; the platform's own digest wants it whole. */
export interface StreamDigest {
  update(bytes: Uint8Array): void;
  /** Hexadecimal. Ends the digest. */
  hex(): string;
}
export type NewDigest = () => StreamDigest;
