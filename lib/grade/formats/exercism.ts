// Exercism's results.json, version 3. https://exercism.org/docs/building/tooling/test-runners/interface

import type { Report, TestResult } from '../report.ts';
import { chapterNumber, counts } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';
import { explanation } from './explanation.ts';

/**
 * The report for Exercism; a task is a chapter. There is no `output`: that field is for what a submission prints,
 * and the report does not hold it.
 */
export function writeExercism({ error, tests }: Report): string {
  const problem = error ?? (tests.length === 0 ? 'There is no test.' : undefined);
  const results = {
    version: 3,
    status: problem !== undefined ? 'error' : tests.every(counts) ? 'pass' : 'fail',
    ...(problem === undefined ? {} : { message: severalLines(problem) }),
    tests: tests.map(testOf),
  };
  return JSON.stringify(results, null, 2) + '\n';
}

const statuses = { passed: 'pass', variant: 'pass', failed: 'fail', missing: 'error' } as const;

function testOf(test: TestResult) {
  const chapter = chapterNumber(test.chapter);
  return {
    name: oneLine(test.name),
    status: statuses[test.status],
    ...(test.status === 'passed' ? {} : { message: explanation(test) }),
    test_code: test.id,
    ...(chapter === undefined ? {} : { task_id: chapter }),
  };
}
