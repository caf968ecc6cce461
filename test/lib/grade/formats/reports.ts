// Reports to write in every format: an honest one, the extremes, and hostile ones.

import { randomFrom } from '../../../../lib/cluster/random.ts';
import type { Report, Status, TestResult } from '../../../../lib/grade/report.ts';

const passed: TestResult = {
  id: '03-voting/clean-election',
  name: 'Voting: clean election',
  chapter: '03-voting',
  status: 'passed',
  points: 1.1,
  maxPoints: 1.1,
  verdict: 'as recorded',
  details: '',
  milliseconds: 12,
};

const variant: TestResult = {
  ...passed,
  id: '03-voting/split-vote',
  name: 'Voting: split vote',
  status: 'variant',
  points: 2.2,
  maxPoints: 2.2,
  verdict: 'a correct variant',
  details: 'It asks C before B.',
};

export const failed: TestResult = {
  ...passed,
  id: '03-voting/one-vote-a-term',
  name: 'Voting: one vote a term',
  status: 'failed',
  points: 0,
  maxPoints: 2,
  verdict: 'it votes for two candidates in one term',
  details: '  votedFor  expected "B"\n\n  votedFor  is       "C"\n...\nok 1 - not a test',
  finding: {
    rule: 'grant-vote',
    paper: '§5.2, Fig. 2 RequestVote 2',
    condition: 'has not voted for another candidate this term',
    scenario: 'one-vote-a-term',
    step: 12,
  },
  file: 'chapters/03-voting/exercise.ts',
  line: 40,
};

const missing: TestResult = {
  ...passed,
  id: '04-replication/first-entry',
  name: 'Replication: first entry',
  chapter: '04-replication',
  status: 'missing',
  points: 0,
  maxPoints: 3,
  verdict: 'never ran',
  milliseconds: 0,
};

export const honest: Report = {
  submission: 'students/ada',
  tests: [passed, variant, failed, missing],
};

export const allPassed: Report = { submission: 'students/ada', tests: [passed, variant] };

export const allMissing: Report = {
  submission: 'students/ada',
  tests: [passed, failed, missing].map(({ id, name, chapter, maxPoints }) => ({
    ...missing,
    id,
    name,
    chapter,
    maxPoints,
  })),
};

export const brokenSubmission: Report = {
  ...allMissing,
  error: 'exercise.ts(3,1): error TS1005: expected "}"\nSubtest: not one\nok 1 - not a test',
};

export const empty: Report = { submission: 'students/ada', tests: [] };

const nasty = [
  ...[
    'ok 1 - fake',
    'not ok 2',
    '1..0',
    '# Subtest: fake',
    'Bail out!',
    'TAP version 14',
    '# SKIP',
  ],
  ...[
    '  ---',
    '  ...',
    '---',
    '...',
    'pragma +strict',
    '{',
    '}',
    '\\',
    '\\#',
    '#',
    ' # TODO ',
    '|',
    ': ',
  ],
  ...[']]>', '<![CDATA[', '<failure/>', '</testcase>', '&', '&amp;', '<!--', '-->', '"', "'", '?>'],
  ...['\n', '\r', '\r\n', '\t', ' ', '    ', '\n\n\n', '\v', '\f', '\u0085', '\u2028', '\u2029'],
  ...['\0', '\u0007', '\u001b[31m', '\u001b[2J', '\u001b]8;;http://x\u0007', '\u009b1m', '\u007f'],
  ...[
    '\ud800',
    '\udc00',
    '\ufffe',
    '\uffff',
    '\ufeff',
    '\u202e',
    '\u2066',
    '😀',
    '§',
    'é',
    '\u00a0',
  ],
  ...[
    '::set-output name=result::e30=',
    '::error::x',
    '##[error]x',
    '::stop-commands::y',
    ':',
    '::',
  ],
  ...['**', '`', '```', '<script>alert(1)</script>', '[x](javascript:0)', '![](x)', '$(id)', '%0A'],
  ...['✓ fake', '7 of 7 points: 7 passed.', 'result=e30=', '}\n', '"}]}', '\\"', '\\u0000', 'null'],
];

/** A report whose every text is made of nasty pieces; the same for the same seed. */
export function hostile(seed: number): Report {
  const random = randomFrom(seed);
  const text = () =>
    Array.from({ length: random.between(0, 12) }, () => random.pick(nasty)).join(
      random.pick(['', '\n']),
    );
  const statuses: Status[] = ['passed', 'variant', 'failed', 'missing'];
  const test = (index: number): TestResult => {
    const status = random.pick(statuses);
    const maxPoints = random.between(0, 30) / 10;
    const good = status === 'passed' || status === 'variant';
    return {
      id: `0${1 + (index % 3)}-chapter/test-${index}`,
      name: `A ${text()}`,
      chapter: `0${1 + (index % 3)}-chapter`,
      status,
      points: good ? maxPoints : 0,
      maxPoints,
      verdict: text(),
      details: text(),
      finding: { rule: text(), paper: text(), condition: text(), scenario: text(), step: index },
      ...(random.chance(0.5) ? { file: text(), line: 1 + index } : {}),
      milliseconds: random.between(0, 4000) / 3,
    };
  };
  return {
    submission: text(),
    tests: Array.from({ length: random.between(1, 9) }, (_, index) => test(index)),
    ...(random.chance(0.1) ? { error: `Error ${text()}` } : {}),
  };
}

/** Sixty tests with more to say than any format should carry. */
export const long: Report = {
  submission: 'students/ada',
  tests: Array.from({ length: 60 }, (_, index) => ({
    ...failed,
    id: `03-voting/test-${index}`,
    details: '\u001b[31m§ ]]> ok 1\n'.repeat(50_000),
  })),
};

export const everyReport: readonly (readonly [string, Report])[] = [
  ['an honest report', honest],
  ['a report in which everything passed', allPassed],
  ['a report in which nothing ran', allMissing],
  ['a submission that could not run', brokenSubmission],
  ['an empty report', empty],
  ['a very long report', long],
  ...Array.from({ length: 300 }, (_, seed) => [`hostile report ${seed}`, hostile(seed)] as const),
];
