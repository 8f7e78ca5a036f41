// How a process of Canopy is started, by npm, by the bench and by whoever else starts one.

/**
 * Usage passes through in millions of short-lived objects. The nursery for them is small, which is no slower, and what
 * outlives it by chance is collected before the heap doubles.
 */
export const nodeOptions = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

/**
 * One pool of native memory: with one for each thread, what the database gives back in one is not there for the others.
 * What the environment says wins.
 */
export const environment = { MALLOC_ARENA_MAX: '1', ...process.env };
