import type { SandboxProfile } from '../seed/profile.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  readonly dataDir: string;
  readonly profile: SandboxProfile;
  readonly seed: number;
  readonly now: () => number;
  /** With a fixed clock, data that was made at another time is made again: same seed and clock, same data. */
  readonly fixedNow: boolean;
}

export declare function openStore(options: StoreOptions): Promise<Store>;
