/** A step of the set-up that cannot go on. The message says what is wrong, the cure what to do. */
export class SetupError extends Error {
  readonly cure: string;
  /** Debian packages that would help; the cures of all steps become one command. */
  readonly packages: readonly string[];

  constructor(message: string, options: { cure: string; packages?: readonly string[] }) {
    super(message);
    this.name = 'SetupError';
    this.cure = options.cure;
    this.packages = options.packages ?? [];
  }
}
