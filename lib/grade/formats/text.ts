// The report for people, in a terminal: every test in a line, the first failure in full, and the score.

import { paint } from '../../stepper/ansi.ts';
import type { Line, Style } from '../../stepper/text.ts';
import { line } from '../../stepper/text.ts';
import type { Report, Status, TestResult } from '../report.ts';
import { byChapter, counts, scoreOf } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';
import { explanation } from './explanation.ts';

const marks: Readonly<Record<Status, { mark: string; style: Style }>> = {
  passed: { mark: '✓', style: 'good' },
  variant: { mark: '≈', style: 'good' },
  failed: { mark: '✗', style: 'bad' },
  missing: { mark: '?', style: 'bad' },
};

/** Without escape sequences unless colour is asked for. What a submission says stands behind a bar. */
export function writeText(report: Report, { colour = false } = {}): string {
  const { error, printed = '', tests, submission } = report;
  const sections: Line[][] = [
    [line(oneLine(submission), 'strong')],
    ...[...byChapter(report)].map(([chapter, those]) => chapterLines(chapter, those)),
    ...(error === undefined
      ? firstFailure(tests)
      : [[line('It could not run:', 'bad'), ...barred(error)]]),
    ...(printed.trim() === ''
      ? []
      : [[line('It printed, at the end:'), ...barred(lastOf(printed))]]),
    closing(report),
  ];
  return sections
    .map((lines) => lines.map((each) => `${paint(each, colour)}\n`).join(''))
    .join('\n');
}

function chapterLines(chapter: string, tests: readonly TestResult[]): Line[] {
  return [line(`${oneLine(chapter)}: ${points(tests)}`, 'strong'), ...tests.map(testLine)];
}

function testLine(test: TestResult): Line {
  const { mark, style } = marks[test.status];
  const verdict = test.status === 'passed' ? '' : `: ${oneLine(test.verdict)}`;
  return [
    { text: `  ${mark} `, style },
    { text: oneLine(test.name) + verdict, style: 'plain' },
  ];
}

/** The first that fails; when none does, the first that never ran and says why. */
function firstFailure(tests: readonly TestResult[]): Line[][] {
  const first =
    tests.find(({ status }) => status === 'failed') ??
    tests.find(({ status, details }) => status === 'missing' && details !== '');
  if (!first) return [];
  const { mark, style } = marks[first.status];
  return [[line(`${mark} ${oneLine(first.name)}`, style), ...barred(explanation(first))]];
}

/** The last lines of what was printed. */
const lastOf = (printed: string): string => printed.trimEnd().split('\n').slice(-5).join('\n');

const barred = (text: string): Line[] =>
  severalLines(text, Infinity)
    .split('\n')
    .map((each) => line(`  │ ${each.replaceAll('\t', '    ')}`.trimEnd()));

function closing({ tests }: Report): Line[] {
  const number = (wanted: Status) => tests.filter(({ status }) => status === wanted).length;
  const variants = number('variant');
  const counted = [
    `${number('passed') + variants} passed${variants > 0 ? ` (${variants} as a correct variant)` : ''}`,
    `${number('failed')} failed`,
    `${number('missing')} never ran`,
  ];
  const good = tests.length > 0 && tests.every(counts);
  return [line(`${points(tests)}: ${counted.join(', ')}.`, good ? 'good' : 'bad')];
}

function points(tests: readonly TestResult[]): string {
  const score = scoreOf(tests);
  return `${score.points} of ${score.maxPoints} points`;
}
