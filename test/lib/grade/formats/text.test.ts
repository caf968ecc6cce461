// The report for people, and the list of formats.

import test from 'tape';
import { formatNames, formats, isFormatName } from '../../../../lib/grade/formats/formats.ts';
import { writeText } from '../../../../lib/grade/formats/text.ts';
import { allPassed, brokenSubmission, empty, honest } from './reports.ts';
import { misread } from './same-verdict.ts';

test('people see every test in a line, the first failure in full, and the score', (t) => {
  t.equal(
    writeText(honest),
    `students/ada

03-voting: 3.3 of 5.3 points
  ✓ Voting: clean election
  ≈ Voting: split vote: a correct variant
  ✗ Voting: one vote a term: it votes for two candidates in one term

04-replication: 0 of 3 points
  ? Replication: first entry: never ran

✗ Voting: one vote a term
  │ it votes for two candidates in one term
  │ Rule: grant-vote (§5.2, Fig. 2 RequestVote 2)
  │ Condition: has not voted for another candidate this term
  │ Scenario: one-vote-a-term, step 12
  │ Place: chapters/03-voting/exercise.ts:40
  │
  │   votedFor  expected "B"
  │
  │   votedFor  is       "C"
  │ ...
  │ ok 1 - not a test

3.3 of 8.3 points: 2 passed (1 as a correct variant), 1 failed, 1 never ran.
`,
  );
  t.end();
});

test('a submission that could not run says why', (t) => {
  const text = writeText(brokenSubmission);
  t.ok(text.includes('It could not run:\n  │ exercise.ts(3,1): error TS1005: expected "}"\n'));
  t.ok(text.endsWith('\n0 of 6.1 points: 0 passed, 0 failed, 3 never ran.\n'));
  t.equal(writeText(empty), 'students/ada\n\n0 of 0 points: 0 passed, 0 failed, 0 never ran.\n');
  t.end();
});

test('the last of what a submission printed stands behind a bar', (t) => {
  const printed = `${Array.from({ length: 9 }, (_, each) => `line ${each}`).join('\n')}\n9 of 9 points\n`;
  const text = writeText({ ...allPassed, printed });
  t.ok(text.includes('\nIt printed, at the end:\n  │ line 5\n'));
  t.ok(text.includes('\n  │ 9 of 9 points\n'));
  t.notOk(writeText(allPassed).includes('It printed'));
  t.end();
});

test('colour changes no word, and there is none unless it is asked for', (t) => {
  for (const report of [honest, allPassed, brokenSubmission]) {
    const coloured = writeText(report, { colour: true });
    t.ok(coloured.includes('\u001b['));
    // eslint-disable-next-line no-control-regex
    t.equal(coloured.replace(/\u001b\[[\d;]*m/g, ''), writeText(report));
    t.notOk(writeText(report).includes('\u001b'));
  }
  t.end();
});

test('nothing that a submission says looks like a verdict or a score', (t) => {
  const wrong = misread((report) => {
    const lines = writeText(report).trimEnd().split('\n');
    const marked = (mark: RegExp) => lines.filter((each) => mark.test(each)).length;
    const [, points, maxPoints] = /^([\d.]+) of ([\d.]+) points: /.exec(lines.at(-1) ?? '') ?? [];
    return {
      passed: marked(/^ {2}[✓≈] /),
      failed: marked(/^ {2}[✗?] /),
      points: Number(points),
      maxPoints: Number(maxPoints),
    };
  });
  t.deepEqual(wrong, []);
  t.end();
});

test('every format has a name, writes an honest report and ends it with a line end', (t) => {
  for (const name of formatNames) {
    const { write, says, extension } = formats[name];
    t.ok(isFormatName(name) && says !== '' && /^[a-z]+$/.test(extension), name);
    t.ok(write(honest).endsWith('\n'), `${name} ends with a line end`);
  }
  t.notOk(isFormatName('toString'));
  t.end();
});
