// What a grader finds: one model, from which every format is written.

/** The rule that explains a failure, as the paper and the reference know it. */
export interface Finding {
  readonly rule: string;
  readonly paper: string;
  /** The condition that was not asked, or that decides here, when one was found. */
  readonly condition?: string;
  readonly scenario: string;
  /** The step of the scenario's recorded trace, from 1; 0 is the start. */
  readonly step: number;
}

/**
 * `passed`: as recorded. `variant`: differs from the recorded runs, and all behaviour holds. `failed`: it does not
 * hold. `missing`: the manifest lists the test, and it never ran.
 */
export type Status = 'passed' | 'variant' | 'failed' | 'missing';

/** The verdict on one test. */
export interface TestResult {
  /** `03-voting/one-vote-a-term`: chapter and test, as the manifest lists them. */
  readonly id: string;
  /** For people: `Voting: one vote a term`. */
  readonly name: string;
  readonly chapter: string;
  readonly status: Status;
  readonly points: number;
  readonly maxPoints: number;
  /** One line: `as recorded`, `a correct variant`, or what is wrong. */
  readonly verdict: string;
  /** Everything a student needs to find the mistake; several lines, empty for a plain pass. */
  readonly details: string;
  readonly finding?: Finding;
  /** A place in the submission, when one is known; the line counts from 1. */
  readonly file?: string;
  readonly line?: number;
  /** Wall time, in milliseconds. */
  readonly milliseconds: number;
}

/** The verdict on one submission. */
export interface Report {
  /** The path that was given, for people. */
  readonly submission: string;
  readonly tests: readonly TestResult[];
}

/** A test that counts: passed, or a correct variant. */
export const counts = ({ status }: TestResult): boolean =>
  status === 'passed' || status === 'variant';
