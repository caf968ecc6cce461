// The one error of a trace that cannot be read: where, and what was expected.

export class TraceError extends Error {
  readonly file: string;
  /** From 1; undefined when the whole file is meant. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, expected: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${expected}`);
    this.name = 'TraceError';
    this.file = file;
    this.line = line;
  }
}
