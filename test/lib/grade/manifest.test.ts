// The points of each test, and which tests must have run.

import test from 'tape';
import type { Unscored } from '../../../lib/grade/manifest.ts';
import { nameOf, readManifest, settle } from '../../../lib/grade/manifest.ts';

const text = `{
  "03-voting": { "one-vote-a-term": 2, "clean-election": 0.5 },
  "04-replication": { "first-entry": 3 }
}`;
const manifest = readManifest(text, 'points.json');

const result = (id: string, status: Unscored['status'] = 'passed'): Unscored => ({
  id,
  name: nameOf(id),
  chapter: id.split('/')[0] ?? '',
  status,
  verdict: 'as recorded',
  details: '',
  milliseconds: 3,
});

test('a manifest keeps the order of its chapters and tests', (t) => {
  t.deepEqual(
    [...manifest.chapters].map(([chapter, tests]) => [chapter, ...tests]),
    [
      ['03-voting', ['one-vote-a-term', 2], ['clean-election', 0.5]],
      ['04-replication', ['first-entry', 3]],
    ],
  );
  t.end();
});

test('a manifest that is not one says what was expected, and where', (t) => {
  const message = (wrong: string) => {
    try {
      readManifest(wrong, 'points.json');
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  t.ok(message('{').startsWith('points.json: expected JSON, but '));
  const object = 'points.json: expected an object of chapters, each an object of tests';
  t.equal(message('[]'), object);
  t.equal(message('null'), object);
  t.equal(message('{ "03-voting": 2 }'), 'points.json: expected an object of tests in 03-voting');
  for (const worth of ['"2"', '-1', 'null', '{}', 'true']) {
    t.equal(
      message(`{ "03-voting": { "a": ${worth} } }`),
      `points.json: expected a number of points, 0 or more, for 03-voting/a, but found ${worth}`,
    );
  }
  t.ok(message('{ "a": { "b": 1e999 } }').includes('expected a number of points'), 'no infinity');
  const name = 'points.json: expected a name of lower-case letters, digits and dashes, but found';
  t.equal(message('{ "Voting": {} }'), `${name} the chapter "Voting"`);
  t.equal(message('{ "a": { "b/c": 1 } }'), `${name} the test "b/c" in a`);
  t.equal(message('{ "a": { "7": 1 } }'), `${name} the test "7" in a`);
  t.equal(message('{ "a": { "__proto__": 1 } }'), `${name} the test "__proto__" in a`);
  const once = 'points.json: expected each chapter and each test once';
  t.equal(message('{ "a": { "b": 1, "b": 2 } }'), once);
  t.equal(message('{ "a": { "b": 1 }, "a": {} }'), once);
  t.end();
});

test('results get the order and the points of the manifest; a variant counts, a failure does not', (t) => {
  const settled = settle(
    manifest,
    ['04-replication', '03-voting'],
    [
      result('04-replication/first-entry', 'failed'),
      result('03-voting/clean-election', 'variant'),
      result('03-voting/one-vote-a-term'),
    ],
  );
  t.deepEqual(
    settled.map(({ id, status, points, maxPoints }) => [id, status, points, maxPoints]),
    [
      ['03-voting/one-vote-a-term', 'passed', 2, 2],
      ['03-voting/clean-election', 'variant', 0.5, 0.5],
      ['04-replication/first-entry', 'failed', 0, 3],
    ],
  );
  t.end();
});

test('a listed test without a result is missing and gets no points', (t) => {
  t.deepEqual(settle(manifest, ['03-voting'], [result('03-voting/clean-election')])[0], {
    id: '03-voting/one-vote-a-term',
    name: 'Voting: one vote a term',
    chapter: '03-voting',
    status: 'missing',
    points: 0,
    maxPoints: 2,
    verdict: 'never ran',
    details: '',
    milliseconds: 0,
  });
  t.equal(
    settle(manifest, ['03-voting'], []).length,
    2,
    'only of the chapters that were asked for',
  );
  t.end();
});

test('what the manifest does not list, or has twice, is an error', (t) => {
  const settling = (chapters: string[], results: Unscored[]) => () =>
    settle(manifest, chapters, results);
  t.throws(
    settling(['03-voting'], [result('03-voting/renamed')]),
    /^Error: points\.json: expected it to list 03-voting\/renamed$/,
  );
  t.throws(settling(['03-voting'], [result('04-replication/first-entry')]), /first-entry/);
  t.throws(settling(['08-snapshots'], []), /08-snapshots/);
  const twice = result('03-voting/one-vote-a-term');
  t.throws(settling(['03-voting'], [twice, twice]), /one result for each test/);
  t.end();
});
