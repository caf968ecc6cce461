// A gap of an exercise: what a student still has to write stands as `todo('grant-vote')`.

/** Thrown where a rule is still to be written. */
export class Todo extends Error {
  /** The name of the rule: `grant-vote`. */
  readonly gap: string;

  constructor(gap: string) {
    super(`The rule ${gap} is still to be written.`);
    this.name = 'Todo';
    this.gap = gap;
  }
}

/** Stands where code is still to be written. Throws Todo. */
export function todo(gap: string): never {
  throw new Todo(gap);
}
