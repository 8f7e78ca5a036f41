/** The worlds the sandbox can hold. */
export const sandboxProfiles = ['demo', 'tiny', 'enterprise', 'distributor-max'] as const;
export type SandboxProfile = (typeof sandboxProfiles)[number];
