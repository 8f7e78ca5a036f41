/** Lets everything else that waits have its turn, in the middle of long work. */
export const breath = (): Promise<void> => new Promise((goOn) => void setTimeout(goOn, 0));
