import { identitiesOf } from '../../sandbox/identities.ts';

/** Names and ids of everything in the sandbox's smallest world. */
export { tiny } from '../../sandbox/seed/tiny.ts';

/** Who may sign in there. */
export const people = identitiesOf('tiny', 1);
