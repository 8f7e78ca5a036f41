import type { Role } from '../contract/permissions.ts';

export type SandboxProfile = 'demo' | 'tiny' | 'enterprise' | 'distributor-max';
