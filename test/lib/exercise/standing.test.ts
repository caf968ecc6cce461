// How each rule of an exercise stands, and with which to go on, while chapter 3 is being written.

import test from 'tape';
import type { Attempt } from '../../../lib/exercise/attempt.ts';
import { attempt, isSolved } from '../../../lib/exercise/attempt.ts';
import { todosIn } from '../../../lib/exercise/gaps.ts';
import { firstProblem, standingsOf } from '../../../lib/exercise/standing.ts';
import { defaultLimits } from '../../../lib/grade/sandbox/process.ts';
import { tracesOf } from '../../../tools/grading.ts';
import { root } from '../../../tools/root.ts';
import { placeOf } from '../../../tools/submissions.ts';
import { allRules, edited, saved, votesForAll, voting, written } from './written.ts';

const traces = tracesOf(voting);

const tryOut = (text: string): Promise<Attempt> =>
  attempt(voting, { file: saved(text), root, ...placeOf(voting) }, traces, defaultLimits);

const standing = (tried: Attempt, text: string) =>
  Object.fromEntries(
    standingsOf(voting, traces, tried, todosIn(text)).map(({ rule, mark }) => [rule.name, mark]),
  );

const goOnWith = (tried: Attempt) => firstProblem(voting, tried)?.rule?.name;

test('in a fresh exercise every rule is to be written, and the run that is first stopped says which first', async (t) => {
  const text = written();
  const tried = await tryOut(text);
  t.deepEqual(
    standing(tried, text),
    Object.fromEntries(allRules.map((rule) => [rule, 'todo'])),
    'each rule',
  );
  t.equal(goOnWith(tried), 'start-election');
  t.notOk(isSolved(tried, voting));
  t.equal(tried.trials, undefined, 'no trial runs');
  t.end();
});

test('writing the rule that is named leads to the next, until the chapter is solved', async (t) => {
  const done: (typeof allRules)[number][] = [];
  let tried = await tryOut(written());
  for (let turn = 0; turn < allRules.length; turn++) {
    const name = allRules.find((rule) => rule === goOnWith(tried));
    if (!name || done.includes(name)) break;
    done.push(name);
    tried = await tryOut(written(...done));
  }
  t.deepEqual([...done].sort(), [...allRules].sort(), 'each rule is named once');
  t.ok(isSolved(tried, voting), 'solved');
  t.equal(firstProblem(voting, tried), undefined);
  t.ok((tried.trials ?? []).length > 0, 'the trials ran');
  t.end();
});

test('a rule is right as soon as a run has seen it act, and not judged before', async (t) => {
  const first = written('start-election', 'request-votes');
  t.equal(
    standing(await tryOut(first), first)['start-election'],
    'unjudged',
    'stopped in its step',
  );
  const second = written('start-election', 'request-votes', 'become-leader');
  const marks = standing(await tryOut(second), second);
  t.equal(marks['start-election'], 'right');
  t.equal(marks['request-votes'], 'right');
  t.equal(marks['become-leader'], 'unjudged', 'it has only refused');
  t.equal(marks['grant-vote'], 'todo');
  t.end();
});

test('a wrong rule is named, also while others are to be written', async (t) => {
  const all = await tryOut(votesForAll());
  t.equal(standing(all, votesForAll())['grant-vote'], 'wrong');
  t.equal(goOnWith(all), 'grant-vote');
  const some = edited(
    written('start-election', 'request-votes', 'become-leader'),
    "broadcast({ type: 'RequestVote', term: me.currentTerm })",
    "broadcast({ type: 'RequestVote', term: me.currentTerm + 1 })",
  );
  t.equal(goOnWith(await tryOut(some)), 'request-votes');
  t.end();
});

test('the recorded runs are told before the trials, which are left out when they are not wanted', async (t) => {
  const told: number[] = [];
  const submitted = { file: saved(written(...allRules)), root, ...placeOf(voting) };
  const tried = await attempt(voting, submitted, traces, defaultLimits, ({ runs }) => {
    told.push(runs.length);
    return false;
  });
  t.deepEqual(told, [tried.runs.length]);
  t.equal(tried.trials, undefined);
  t.notOk(isSolved(tried, voting), 'not solved without the trials');
  t.end();
});

test('what cannot be run says where', async (t) => {
  const tried = await tryOut(`${written()}\nconst = ;\n`);
  t.equal(tried.unrunnable?.line, written().split('\n').length + 1);
  t.deepEqual(tried.runs, []);
  t.end();
});

test('todos are found in code, not in comments, with the line of the first', (t) => {
  const text = "// todo('a')\n/* todo('b')\n */ todo('c');\ntodo('d'); todo('c');\n";
  t.deepEqual(
    [...todosIn(text)],
    [
      ['c', 3],
      ['d', 4],
    ],
  );
  t.end();
});
