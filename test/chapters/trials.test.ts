// Every chapter comes through its own trials (`npm run test:long`: with more seeds), and each trial notices a node that should fail it.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { trialNamed } from '../../lib/trial/named.ts';
import { bugs } from '../bugs/bugs.ts';
import { chapterNamed } from '../support.ts';
import { comesThroughTrials, tried } from './trials.ts';

const seeds = Array.from({ length: 8 }, (_, seed) => seed);

for (const chapter of tried) {
  test(`${chapter.name} comes through its trials with two seeds`, (t) => {
    comesThroughTrials(t, chapter, [0, 1]);
    t.end();
  });
}

test('a trial is found by its name, as the process of a submission asks for it', (t) => {
  for (const { name, trials } of chapters) {
    for (const trial of trials)
      t.equal(trialNamed(trial.name).title, trial.title, `${name} ${trial.name}`);
  }
  t.end();
});

test('each trial notices what it is for', (t) => {
  const fails = (name: string, trialName: string, rule: string, condition?: string) => {
    const { node, trials, properties } = chapterNamed(name);
    const trial = trials.find((each) => each.name === trialName);
    const weaker = node.without(rule, condition);
    let problem: string | undefined;
    for (const seed of seeds) problem ??= trial?.run(weaker, seed, properties);
    t.ok(problem, `${trialName}: ${problem ?? 'nothing'}`);
  };
  fails('03-voting', 'steady-leader', 'send-heartbeats');
  fails('04-replication', 'steady-leader', 'acknowledge');
  fails('05-conflict-backoff', 'storms', 'check-consistency');
  fails('06-partitions', 'deaf-leader', 'step-down');
  fails('07-prevote', 'quiet-return', 'grant-pre-vote', 'does not hear from a leader');
  fails('08-persistence', 'storms-with-restarts', 'truncate-conflict');
  fails('12-paxos', 'choices', 'try-again');
  fails('10-snapshots', 'left-behind', 'install-snapshot');
  fails('10-snapshots', 'left-behind', 'send-more');
  fails('10-snapshots', 'unheard', 'skip-discarded');
  fails('09-clients', 'storms-with-clients', 'answer-reads');
  fails('11-membership', 'changes-of-members', 'leave-joint');
  fails('11-membership', 'unreachable-node', 'abort-transfer');
  fails('11-membership', 'last-of-two', 'start-pre-vote');
  fails(
    '11-membership',
    'handing-over-under-load',
    'append-command',
    'leadership is not being transferred',
  );
  fails('11-membership', 'storms-with-changes', 'become-leader', 'has votes from a majority');
  t.end();
});

test('the trials with restarts notice who forgets, even without the properties of disks', (t) => {
  const { properties } = chapterNamed('07-prevote');
  const persistence = chapterNamed('08-persistence');
  const problemsOf = (trialName: string, bug: string) => {
    const node = bugs.find(({ name }) => name === bug)?.node ?? persistence.node;
    const trial = persistence.trials.find(({ name }) => name === trialName);
    return seeds.flatMap((seed) => trial?.run(node, seed, properties) ?? []);
  };
  for (const trial of ['storms-with-restarts', 'power-failure']) {
    t.deepEqual(problemsOf(trial, 'none'), [], `${trial}: the rules of the chapter`);
    for (const bug of ['starts-with-an-empty-disk', 'synced-later']) {
      const problems = problemsOf(trial, bug);
      t.ok(problems.length > 0, `${trial}, ${bug}: ${problems[0] ?? 'nothing'}`);
    }
  }
  t.end();
});
