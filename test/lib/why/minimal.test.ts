// A run is made as short as it can be, and no shorter.

import test from 'tape';
import type { Act } from '../../../lib/cluster/step.ts';
import { minimal } from '../../../lib/why/minimal.ts';
import { slugOf } from '../../../lib/why/question.ts';

const crash = (node: string): Act => ({ type: 'crash', node });
const names = (acts: readonly Act[]) => acts.map((act) => ('node' in act ? act.node : ''));

test('only the acts that are needed are left, in their order', (t) => {
  const acts = [...'ABCDEFGH'].map(crash);
  const shows = (some: readonly Act[]) =>
    ['B', 'E', 'H'].every((name) => names(some).includes(name)) ? some : undefined;
  t.deepEqual(names(minimal(acts, shows)), ['B', 'E', 'H']);
  t.end();
});

test('acts that are needed only together are left together', (t) => {
  const acts = [...'ABCD'].map(crash);
  // Three are enough, whichever they are.
  const shows = (some: readonly Act[]) => (some.length >= 3 ? some : undefined);
  t.equal(minimal(acts, shows).length, 3);
  t.end();
});

test('a run that shows nothing at first is refused', (t) => {
  t.throws(() => minimal([crash('A')], () => undefined), /does not show/);
  t.end();
});

test('the name of a file has only small letters, digits and dashes', (t) => {
  const question = {
    rule: 'grant-vote',
    condition: "the candidate's log is at least as up to date",
  };
  t.equal(slugOf(question), 'grant-vote--the-candidates-log-is-at-least-as-up-to-date');
  t.end();
});
