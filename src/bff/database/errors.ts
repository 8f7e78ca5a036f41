/** A row with this key is there already. */
export class DuplicateKeyError extends Error {
  constructor(options?: ErrorOptions) {
    super('A row with this key is there already.', options);
    this.name = 'DuplicateKeyError';
  }
}

/** The engine had no memory left for a statement, because of what else was going on: it may have some in a moment. */
export class MemoryExhausted extends Error {
  constructor(options?: ErrorOptions) {
    super('The database has no memory left for this.', options);
    this.name = 'MemoryExhausted';
  }
}

/**
 * The engine met a fault that it does not go on after: a checkpoint that fails halfway, say. It takes no statement any more,
 * and is opened again as soon as nobody has a connection to it. What was committed is kept.
 */
export class EngineStopped extends Error {
  constructor(options?: ErrorOptions) {
    super('The database stopped after a fault, and is opened again.', options);
    this.name = 'EngineStopped';
  }
}

/** The database file cannot be used; the message is one sentence for the person who started Canopy. */
export class DatabaseUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnavailable';
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A commit that found no memory has the class of every commit that failed, and the same advice. */
const outOfMemory = /^(Out of Memory Error:|TransactionContext Error: Failed to commit:.*\bset memory_limit\b)/is;

const stopped = /^FATAL Error:|\bdatabase has been invalidated\b/i;

/** The engine's errors carry no code, only a message that starts with the class. */
export function translated(error: unknown): unknown {
  const message = messageOf(error);
  if (/^(Constraint|TransactionContext) Error:.*duplicate key/is.test(message)) return new DuplicateKeyError({ cause: error });
  if (stopped.test(message)) return new EngineStopped({ cause: error });
  return outOfMemory.test(message) ? new MemoryExhausted({ cause: error }) : error;
}

/** Whether a transaction could not be rolled back because it had ended already: a commit that fails has undone everything. */
export const hadEnded = (error: unknown): boolean => /no transaction is active/i.test(messageOf(error));

/** Why a file could not be opened, for a person. */
export function openingProblem(path: string, error: unknown): DatabaseUnavailable {
  const message = messageOf(error);
  const holder = /\(PID (\d+)\)/.exec(message)?.[1];
  if (/set lock on file/i.test(message))
    return new DatabaseUnavailable(
      `${path} is in use by another process${holder ? ` (${holder})` : ''}: stop it, or set CANOPY_DATA_DIR to another folder.`,
      { cause: error },
    );
  return new DatabaseUnavailable(`${path} cannot be opened: ${message.split('\n')[0] ?? message}`, { cause: error });
}
