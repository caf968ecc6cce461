// TAP version 14: a subtest for each chapter, a test point for each test. https://testanything.org/tap-version-14-specification.html

import type { Report, TestResult } from '../report.ts';
import { byChapter, counts } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';

/** The report as TAP. A report without tests bails out: `1..0` would count as a pass. */
export function writeTap(report: Report): string {
  const problem = report.error === undefined ? [] : severalLines(report.error).split('\n');
  const chapters = [...byChapter(report)];
  const lines = [
    'TAP version 14',
    // With a bar, no comment can begin with `Subtest`.
    ...problem.map((each) => `# | ${each}`),
    ...(chapters.length === 0 ? ['Bail out! There is no test.'] : [`1..${chapters.length}`]),
    ...chapters.flatMap(([chapter, tests], index) => [
      // A reader matches the comment with the point below as they stand, so that neither may need an escape.
      `# Subtest: ${plain(chapter)}`,
      `    1..${tests.length}`,
      ...tests.flatMap(testLines).map((each) => `    ${each}`),
      `${tests.every(counts) ? 'ok' : 'not ok'} ${index + 1} - ${plain(chapter)}`,
    ]),
  ];
  return lines.join('\n') + '\n';
}

const plain = (chapter: string): string => oneLine(chapter).replace(/[^\w .-]/g, '_');

/** Ends with the points, so that a name cannot end with `{`, which opens a subtest for some readers. */
function testLines(test: TestResult, index: number): string[] {
  const name = oneLine(test.name).replace(/[\\#]/g, '\\$&');
  const points = `(${test.points} of ${test.maxPoints} points)`;
  const point = `${counts(test) ? 'ok' : 'not ok'} ${index + 1} - ${name} ${points}`;
  return test.status === 'passed' ? [point] : [point, ...diagnostics(test)];
}

/** A YAML block. JSON's strings and numbers are YAML's too. */
function diagnostics({ status, verdict, finding, file, line, details }: TestResult): string[] {
  const fields = {
    status,
    verdict,
    rule: finding?.rule,
    paper: finding?.paper,
    condition: finding?.condition,
    scenario: finding?.scenario,
    step: finding?.step,
    file,
    line,
  };
  const written = Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return `${key}: ${JSON.stringify(typeof value === 'string' ? oneLine(value) : value)}`;
  });
  const block = severalLines(details).trimStart();
  if (block !== '') written.push('details: |', ...block.split('\n').map((each) => `  ${each}`));
  return ['---', ...written, '...'].map((each) => `  ${each}`);
}
