// How a process of Canopy is started, by npm, by the bench and by whoever else starts one.

/**
 * Usage passes through in millions of short-lived objects. The nursery for them is small, which is no slower, and what
 * outlives it by chance is collected before the heap doubles. Making the best machine code of the parser that `fetch`
 * brings, which is WebAssembly, would take 37 MB for a moment: its first code will do.
 */
export const nodeOptions = ['--max-semi-space-size=2', '--heap-growing-percent=10', '--liftoff-only'];

/**
 * One pool of native memory, for us and for the database, which brings its own allocator: with one for each thread, what
 * is given back in one is not there for the others. Pages go back to the system soon after they are free, and large pieces
 * at once: by default what counts as large grows with use. What the environment says wins.
 */
const memory = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
  DUCKDB_JE_MALLOC_CONF: 'narenas:1,tcache:false,dirty_decay_ms:50,muzzy_decay_ms:0',
};
export const environment = { ...memory, ...process.env };
/** The same for a process that is to know nothing else of ours. */
export const bareEnvironment = { ...memory, PATH: process.env['PATH'] ?? '' };
