// Thought-out runs for the questions of chapter 9, and for those of later chapters about the same rules.

import type { Script } from '../../lib/cluster/script.ts';
import type { Schedule } from '../../lib/why/safety.ts';
import { nodesNamed } from '../../lib/trial/trial.ts';
import { elect, lead, loseContact } from '../../chapters/08-persistence/scenarios/lead.ts';

/** A run of three nodes, or of so many. */
export const schedule = (script: (run: Script) => void, count = 3): Schedule => ({
  nodes: nodesNamed(count),
  script,
});

/** A message and its answer. */
export function exchange(run: Script, type: string, from: string, to: string, nth = 1): void {
  run.deliver(type, from, to, nth);
  run.deliver(`${type}Reply`, to, from);
}

const setByAnn = { command: 'x=1', client: 'Ann', sequence: 1 };
const setByBen = { command: 'x=2', client: 'Ben', sequence: 1 };

/**
 * A asks for votes of term 2 when it has just heard nobody; before its request arrives, B has heard from the leader,
 * which therefore has a lease. B votes all the same.
 */
export const voteWhileALeaseHolds = schedule((run) => {
  lead(run, 'A', 'B');
  run.request('A', setByAnn);
  run.settle();
  loseContact(run, 'B', 'C');
  run.timeout('C');
  exchange(run, 'PreVote', 'C', 'B');
  for (let round = 0; round < 4; round++) run.timeout('A', 'heartbeat');
  for (let round = 0; round < 3; round++) run.drop('AppendEntries', 'A', 'B');
  exchange(run, 'AppendEntries', 'A', 'B');
  exchange(run, 'RequestVote', 'C', 'B');
  run.request('C', setByBen);
  exchange(run, 'AppendEntries', 'C', 'B', 2);
  run.request('A', { command: 'x?', client: 'Ann', sequence: 2, read: 'lease' });
});

/**
 * C asks for votes before x is set, and B is asked after it has stored that: the log of C is behind by then. Meanwhile B has
 * lost contact with its leader.
 */
export const voteForAShorterLog = schedule((run) => {
  lead(run, 'A', 'B');
  loseContact(run, 'B', 'C');
  run.timeout('C');
  exchange(run, 'PreVote', 'C', 'B');
  run.request('A', 'x=1');
  exchange(run, 'AppendEntries', 'A', 'B');
  run.timeout('B', 'contact');
  exchange(run, 'RequestVote', 'C', 'B');
});

/**
 * Ann reads at A, which leads no more without knowing it. Then A gets what the new leader has committed, is elected, and
 * asks for a round, in which E refuses its entries and D stores them: a majority has answered.
 */
export const readOfAFormerTerm = schedule((run) => {
  lead(run, 'A', 'B', 'C');
  run.partition(['A', 'E'], ['B', 'C', 'D']);
  loseContact(run, 'B', 'C', 'D');
  elect(run, 'B', 'C', 'D');
  run.heal();
  run.request('B', setByBen);
  for (const node of ['C', 'D']) exchange(run, 'AppendEntries', 'B', node, 2);
  run.request('A', { command: 'x?', client: 'Ann', sequence: 1, read: 'index' });
  run.deliver('AppendEntries', 'B', 'A');
  run.timeout('A', 'contact');
  loseContact(run, 'C', 'D', 'E');
  run.timeout('A');
  for (const node of ['D', 'E']) exchange(run, 'PreVote', 'A', node);
  for (const node of ['D', 'E']) exchange(run, 'RequestVote', 'A', node);
  exchange(run, 'AppendEntries', 'A', 'E', 2);
  exchange(run, 'AppendEntries', 'A', 'D', 2);
}, 5);

/**
 * A led term 1, has an entry that nobody else has, and follows in term 2. A late answer to it arrives, and it sends what
 * its log holds as if it led: C gives up what is committed.
 */
export const formerLeaderSends = schedule((run) => {
  elect(run, 'A', 'B');
  run.deliver('AppendEntries', 'A', 'C');
  run.request('A', 'x=1');
  loseContact(run, 'C');
  run.timeout('C');
  exchange(run, 'PreVote', 'C', 'B');
  run.deliver('RequestVote', 'C', 'A');
  exchange(run, 'RequestVote', 'C', 'B', 1);
  run.request('C', 'y=1');
  exchange(run, 'AppendEntries', 'C', 'B', 2);
  exchange(run, 'AppendEntries', 'C', 'B', 2);
  run.deliver('AppendEntriesReply', 'C', 'A');
  run.deliver('AppendEntries', 'A', 'C', 2);
});
