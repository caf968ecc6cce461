// The result that GitHub Classroom's reporter reads: https://github.com/classroom-resources/autograding-grading-reporter

import type { Report, TestResult } from '../report.ts';
import { counts, scoreOf } from '../report.ts';
import { oneLine } from './clean.ts';
import { explanation } from './explanation.ts';

/** An environment variable holds the result in base64, and Linux allows it 128 KiB. */
const mostCharacters = 90_000;

/** The report for GitHub Classroom: JSON in ASCII, with less of each test's details when there is too much. */
export function writeClassroom(report: Report): string {
  for (const limit of [4000, 1000, 250]) {
    const text = json(report, limit);
    if (text.length <= mostCharacters) return text;
  }
  return json(report, 0);
}

/** The line for the file that `$GITHUB_OUTPUT` names: the step's output `result`. */
export const classroomOutput = (report: Report): string =>
  `result=${Buffer.from(writeClassroom(report)).toString('base64')}\n`;

function json(report: Report, limit: number): string {
  const { error, tests } = report;
  const nothingRan = error !== undefined || tests.length === 0;
  const result = {
    version: 1,
    status: nothingRan ? 'error' : tests.every(counts) ? 'pass' : 'fail',
    max_score: scoreOf(tests).maxPoints,
    tests: tests.map((test) =>
      testOf(error === undefined ? test : { ...test, details: error }, limit),
    ),
  };
  // Some readers decode base64 with atob, which knows bytes and not UTF-8.
  const ascii = JSON.stringify(result).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${ascii}\n`;
}

const statuses = { passed: 'pass', variant: 'pass', failed: 'fail', missing: 'error' } as const;

const testOf = (test: TestResult, limit: number) => ({
  name: oneLine(test.name),
  status: statuses[test.status],
  score: test.points,
  message: limit > 0 ? explanation(test, limit) : oneLine(test.verdict, 60),
  test_code: test.id,
  filename: oneLine(test.file ?? ''),
  line_no: test.line ?? 0,
  duration: test.milliseconds,
});
