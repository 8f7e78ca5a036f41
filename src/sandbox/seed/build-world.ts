import { demoWorld } from './demo/world.ts';
import { distributorMaxWorld } from './distributor-max.ts';
import { enterpriseWorld } from './enterprise.ts';
import type { SandboxProfile } from './profile.ts';
import { tinyWorld } from './tiny.ts';
import type { World } from './world.ts';

const builders: Readonly<Record<SandboxProfile, (seed: number, seededAt: number) => World>> = {
  tiny: tinyWorld,
  demo: demoWorld,
  enterprise: enterpriseWorld,
  'distributor-max': distributorMaxWorld,
};

/** The world of a profile, seed and time: always the same one. */
export const buildWorld = (profile: SandboxProfile, seed: number, seededAt: number): World => builders[profile](seed, seededAt);
