/** Canopy cannot start as it was told to. The message is for whoever starts it: a clear sentence for each problem, never a secret. */
export class ConfigProblem extends Error {
  constructor(sentences: readonly string[], options?: ErrorOptions) {
    super(sentences.join('\n'), options);
    this.name = 'ConfigProblem';
  }
}
