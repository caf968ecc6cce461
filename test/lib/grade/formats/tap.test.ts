// TAP, as tap-parser reads it.

import { Parser } from 'tap-parser';
import type { FinalResults, Result } from 'tap-parser';
import test from 'tape';
import { writeTap } from '../../../../lib/grade/formats/tap.ts';
import { allPassed, brokenSubmission, empty, honest } from './reports.ts';
import { misread } from './same-verdict.ts';

interface Tap {
  readonly ok: boolean;
  readonly bailedOut: boolean;
  /** The test points of the subtests, by the subtest's name. */
  readonly chapters: ReadonlyMap<string, readonly Result[]>;
  /** Everything that is not TAP. */
  readonly extra: readonly string[];
}

/** Throws at anything a strict reader would not accept. */
function readTap(text: string): Tap {
  const chapters = new Map<string, Result[]>();
  const extra: string[] = [];
  let final: FinalResults | undefined;
  const parser = new Parser({ strict: true });
  parser.on('child', (child: Parser) => {
    const points: Result[] = [];
    chapters.set(child.name, points);
    child.on('assert', (point: Result) => points.push(point));
    child.on('child', () => extra.push('a subtest in a subtest'));
  });
  parser.on('extra', (line: string) => extra.push(line));
  parser.on('complete', (results: FinalResults) => (final = results));
  parser.end(text);
  if (!final) throw new Error('the TAP is not complete');
  const broken = final.failures.filter(({ tapError }) => tapError);
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
  return { ok: final.ok, bailedOut: final.bailout !== false, chapters, extra };
}

test('a reader of the TAP sees every verdict and every point of every report', (t) => {
  const wrong = misread((report) => {
    const { ok, chapters, extra, bailedOut } = readTap(writeTap(report));
    if (extra.length > 0) throw new Error(`not TAP: ${extra.join('')}`);
    if (bailedOut !== (report.tests.length === 0)) throw new Error('bailed out');
    const points = [...chapters.values()].flat();
    const passed = points.filter((point) => point.ok).length;
    if (ok !== (passed === points.length && passed > 0)) throw new Error(`ok is ${ok}`);
    if (points.some(({ todo, skip }) => todo || skip)) throw new Error('a test is left out');
    const scores = points.map(({ name }) => {
      const [, of = '', most = ''] = /\(([\d.]+) of ([\d.]+) points\)$/.exec(name) ?? [];
      return [Number(of), Number(most)] as const;
    });
    return {
      passed,
      failed: points.length - passed,
      points: scores.reduce((total, [of]) => total + of, 0),
      maxPoints: scores.reduce((total, [, most]) => total + most, 0),
    };
  });
  t.deepEqual(wrong, []);
  t.end();
});

test('TAP has a subtest for each chapter, and says what is known of a failure', (t) => {
  const { chapters } = readTap(writeTap(honest));
  t.deepEqual([...chapters.keys()], ['03-voting', '04-replication']);
  const [plain, variant, failure] = chapters.get('03-voting') ?? [];
  t.equal(plain?.diag, null, 'a plain pass needs no words');
  t.equal(variant?.ok, true);
  t.deepEqual(variant?.diag, {
    status: 'variant',
    verdict: 'a correct variant',
    details: 'It asks C before B.\n',
  });
  t.equal(failure?.name, 'Voting: one vote a term (0 of 2 points)');
  t.deepEqual(failure?.diag, {
    status: 'failed',
    verdict: 'it votes for two candidates in one term',
    rule: 'grant-vote',
    paper: '§5.2, Fig. 2 RequestVote 2',
    condition: 'has not voted for another candidate this term',
    scenario: 'one-vote-a-term',
    step: 12,
    file: 'chapters/03-voting/exercise.ts',
    line: 40,
    details: 'votedFor  expected "B"\n\n  votedFor  is       "C"\n...\nok 1 - not a test\n',
  });
  t.end();
});

test('TAP passes when every test counts, and neither for an empty report nor for a broken submission', (t) => {
  t.ok(readTap(writeTap(allPassed)).ok);
  t.notOk(readTap(writeTap(empty)).ok);
  t.notOk(readTap(writeTap(brokenSubmission)).ok);
  t.ok(writeTap(brokenSubmission).includes('error TS1005'), 'the error is there to read');
  const subtests = writeTap(brokenSubmission).match(/^# Subtest.*$/gm);
  t.deepEqual(subtests, ['# Subtest: 03-voting', '# Subtest: 04-replication'], 'and starts none');
  t.end();
});

test('a name keeps its # and its \\ in TAP', (t) => {
  const [first] = honest.tests;
  const name = 'C:\\#1 # SKIP \\\\# {';
  const report = { ...honest, tests: first ? [{ ...first, name }] : [] };
  const [point] = readTap(writeTap(report)).chapters.get('03-voting') ?? [];
  t.equal(point?.name, `${name} (1.1 of 1.1 points)`);
  t.notOk(point?.skip);
  t.end();
});
