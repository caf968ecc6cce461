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
  /** Why the submission could not run at all, such as a type error. Then every test is `missing`. */
  readonly error?: string;
  /** What the submission printed while it ran, the last of it. It may be anything, and counts for nothing. */
  readonly printed?: string;
  readonly tests: readonly TestResult[];
}

/** A test that counts: passed, or a correct variant. */
export const counts = ({ status }: Pick<TestResult, 'status'>): boolean =>
  status === 'passed' || status === 'variant';

export interface Score {
  readonly points: number;
  readonly maxPoints: number;
}

/** The points of all these tests together, to a thousandth: 0.1 and 0.2 make 0.3. */
export const scoreOf = (tests: readonly TestResult[]): Score => ({
  points: sum(tests.map(({ points }) => points)),
  maxPoints: sum(tests.map(({ maxPoints }) => maxPoints)),
});

const sum = (numbers: readonly number[]): number =>
  Math.round(numbers.reduce((total, each) => total + each, 0) * 1000) / 1000;

/** The tests of each chapter, chapters and tests in the order of the report. */
export function byChapter({ tests }: Report): ReadonlyMap<string, readonly TestResult[]> {
  const chapters = new Map<string, TestResult[]>();
  for (const test of tests) {
    const those = chapters.get(test.chapter);
    if (those) those.push(test);
    else chapters.set(test.chapter, [test]);
  }
  return chapters;
}

/** The number a chapter starts with: 3 for `03-voting`; undefined when there is none. */
export function chapterNumber(chapter: string): number | undefined {
  const [digits] = /^\d+/.exec(chapter) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
