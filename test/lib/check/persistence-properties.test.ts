// The properties of disks notice what they are for, and the others know what a restart is.

import test from 'tape';
import { chapter as persistence } from '../../../chapters/08-persistence/chapter.ts';
import { appliesInOrder, committedStays } from '../../../lib/check/apply-properties.ts';
import { commitIndexNeverDecreases } from '../../../lib/check/log-properties.ts';
import {
  committedIsOnDisk,
  startsFromDisk,
  writtenBeforeSaid,
} from '../../../lib/check/persistence-properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { bugs } from '../../bugs/bugs.ts';
import { variants } from '../../bugs/variants/variants.ts';
import { ownRuns } from '../../support.ts';

/** What a property says about a node in a scenario of chapter 8: the step, and what is wrong there. */
function breach(property: Property, scenario: string, node: RaftNode) {
  const trace = ownRuns(persistence).find(({ header }) => header.scenario === scenario);
  if (!trace) throw new Error(`there is no run ${scenario}`);
  const { violation } = replayBehaviour(trace, node, [property]);
  return violation && `${violation.later.step}: ${violation.later.says}`;
}

const nodeNamed = (name: string): RaftNode => {
  const found = [...bugs, ...variants].find((each) => each.name === name);
  if (!found) throw new Error(`there is no bug or variant named ${name}`);
  return found.node;
};

test('who answers before it has written is told at that step', (t) => {
  const said = (name: string, scenario: string) =>
    breach(writtenBeforeSaid, scenario, nodeNamed(name)) ?? 'nothing';
  t.match(said('vote-said-before-written', 'vote-kept'), /^7: B sends RequestVoteReply/);
  t.match(said('candidacy-not-written', 'vote-kept'), /^5: A sends RequestVote /);
  t.match(said('newer-term-not-written', 'vote-kept'), /^7: B sends RequestVoteReply/);
  t.match(said('entries-not-written', 'clean-election'), /sends AppendEntriesReply/);
  t.equal(said('leader-writes-in-parallel', 'whole-cluster'), 'nothing', 'a leader may send first');
  t.end();
});

test('what counts as committed must be on the disks of a majority', (t) => {
  const found = breach(committedIsOnDisk, 'clean-election', nodeNamed('entries-not-written'));
  t.match(found ?? 'nothing', /A takes 1 for committed/);
  t.equal(breach(committedIsOnDisk, 'whole-cluster', persistence.node), undefined);
  t.end();
});

test('who starts again with something else than its disk is told at that step', (t) => {
  const found = (name: string) => breach(startsFromDisk, 'leader-restarts', nodeNamed(name)) ?? '';
  t.match(found('starts-with-an-empty-disk'), /^11: A starts in term 0/);
  t.match(found('starts-as-leader'), /^11: A starts as leader/);
  t.equal(breach(startsFromDisk, 'leader-restarts', persistence.node), undefined);
  t.end();
});

test('after a restart, a node may learn and apply anew what it has lost, but no committed entry may be lost', (t) => {
  for (const property of [commitIndexNeverDecreases, appliesInOrder, committedStays]) {
    t.equal(breach(property, 'whole-cluster', persistence.node), undefined, property.name);
  }
  const found = breach(committedStays, 'whole-cluster', nodeNamed('starts-with-an-empty-disk'));
  t.match(found ?? 'nothing', /^31: A no longer stores the same entry at 1/);
  t.end();
});
