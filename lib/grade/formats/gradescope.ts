// Gradescope's results.json. https://gradescope-autograders.readthedocs.io/en/latest/specs/

import type { Report, TestResult } from '../report.ts';
import { byChapter, chapterNumber, counts, scoreOf } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';
import { explanation } from './explanation.ts';

/** The report for Gradescope. All text is `text`: Gradescope renders no Markdown and no HTML in it. */
export function writeGradescope(report: Report): string {
  const { error, tests } = report;
  const milliseconds = tests.reduce((total, test) => total + test.milliseconds, 0);
  const results = {
    // Stated although each test has its score: without tests, Gradescope asks for it.
    score: scoreOf(tests).points,
    execution_time: Math.round(milliseconds) / 1000,
    ...(error === undefined ? {} : { output: severalLines(error) }),
    output_format: 'text',
    visibility: 'visible',
    // What a submission prints is its own; only instructors see it.
    stdout_visibility: 'hidden',
    tests: [...byChapter(report).values()].flatMap((those) => those.map(testOf)),
  };
  return JSON.stringify(results, null, 2) + '\n';
}

function testOf(test: TestResult, index: number) {
  const chapter = chapterNumber(test.chapter);
  return {
    score: test.points,
    max_score: test.maxPoints,
    status: counts(test) ? 'passed' : 'failed',
    name: oneLine(test.name),
    name_format: 'text',
    ...(chapter === undefined ? {} : { number: `${chapter}.${index + 1}` }),
    output: explanation(test),
    output_format: 'text',
    visibility: 'visible',
  };
}
