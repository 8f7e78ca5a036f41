/** Why who sees a part of the hierarchy may neither pause nor resume the reading of usage. */
export const sharedReading = 'Reading usage is shared by all organizations, and your access is limited to some of them.';
