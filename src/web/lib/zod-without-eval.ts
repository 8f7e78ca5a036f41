// Under our content policy zod must not probe for eval. It reads this object when it first loads, so this
// is the first import of the app; importing zod here to say the same would put 5 kB into the first JavaScript.
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true }; // zod's own global name
