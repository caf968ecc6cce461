// Thought-out runs for the questions of chapter 11: majorities that share no node, and a leader that is not the only one.

import { elect, lead, loseContact } from '../../chapters/08-persistence/scenarios/lead.ts';
import { threeOfFive } from '../../chapters/11-membership/scenarios/lead.ts';
import { exchange, schedule } from './clients.ts';
import type { Script } from '../../lib/cluster/script.ts';
import type { Schedule } from '../../lib/why/safety.ts';

const setByBen = { command: 'x=2', client: 'Ben', sequence: 1 };

/** A, B and C are the cluster; D and E stand by. */
const withTwoMore = (script: (run: Script) => void): Schedule => ({ ...threeOfFive, script });

/** A takes out C and then B, which store none of it, and goes on alone. B and C are a majority of the three. */
export const twoChangesInARow = schedule((run) => {
  lead(run, 'A', 'B');
  run.change('A', 'A', 'B');
  run.change('A', 'A');
  run.request('A', 'x=1');
  loseContact(run, 'B', 'C');
  elect(run, 'B', 'C');
});

/** B is told to stand, and is elected. A reads by its lease all the same. */
export const leaseInATransfer = schedule((run) => {
  lead(run, 'A', 'B');
  run.request('A', { command: 'x=1', client: 'Ann', sequence: 1 });
  run.settle();
  run.timeout('A', 'heartbeat');
  run.settle();
  run.transfer('A', 'B');
  run.deliver('TimeoutNow', 'A', 'B');
  exchange(run, 'RequestVote', 'B', 'C');
  run.request('B', setByBen);
  exchange(run, 'AppendEntries', 'B', 'C', 2);
  run.request('A', { command: 'x?', client: 'Ann', sequence: 2, read: 'lease' });
});

/**
 * B led term 1 and has an entry that nobody else has; it follows in term 2. It is asked to hand over, and sends its log as if it
 * led.
 */
export const followerHandsOver = schedule((run) => {
  lead(run, 'B', 'A');
  run.request('B', 'x=1');
  run.dropAll();
  loseContact(run, 'A', 'C');
  run.timeout('A');
  exchange(run, 'PreVote', 'A', 'C');
  exchange(run, 'RequestVote', 'A', 'C');
  run.request('A', 'y=1');
  exchange(run, 'AppendEntries', 'A', 'C', 2);
  run.timeout('B', 'heartbeat');
  exchange(run, 'AppendEntries', 'B', 'A');
  run.timeout('A', 'heartbeat');
  run.deliver('AppendEntries', 'A', 'C', 2);
  run.transfer('B', 'C');
  run.settle('B', 'C');
});

/**
 * D joins and B is taken out; C hears of neither, and starts from a snapshot in which it is not told who belongs to the
 * cluster. So it takes B for a member, and both of them elect it.
 */
export const membersNotTold: Schedule = {
  ...threeOfFive,
  script(run) {
    lead(run, 'A', 'B');
    run.partition(['A', 'B', 'D'], ['C', 'E']);
    run.change('A', 'A', 'B', 'C', 'D');
    run.settle();
    run.partition(['A', 'D'], ['B', 'C', 'E']);
    run.change('A', 'A', 'C', 'D');
    run.settle();
    run.request('A', 'x=1');
    run.settle();
    run.request('A', 'x=2');
    run.settle();
    run.heal();
    run.timeout('A', 'heartbeat');
    exchange(run, 'InstallSnapshot', 'A', 'C');
    run.request('A', 'x=3');
    exchange(run, 'AppendEntries', 'A', 'D');
    run.settle('A', 'D');
    loseContact(run, 'B', 'C');
    elect(run, 'C', 'B');
  },
};

/** D and E catch up. They answer a round of A, and A counts them before they have a vote; B leads by then. */
export const strangersConfirm = withTwoMore((run) => {
  lead(run, 'A', 'B');
  run.change('A', 'A', 'B', 'C', 'D', 'E');
  loseContact(run, 'B', 'C');
  run.timeout('B');
  exchange(run, 'PreVote', 'B', 'C');
  exchange(run, 'RequestVote', 'B', 'C');
  run.request('B', setByBen);
  exchange(run, 'AppendEntries', 'B', 'C', 2);
  run.request('A', { command: 'x?', client: 'Ann', sequence: 1, read: 'index' });
  for (const node of ['D', 'E']) exchange(run, 'AppendEntries', 'A', node, 2);
});

/**
 * B has asked for pre-votes and then heard from A, which has a lease. An answer tells B of term 2, in which C stands; so the request
 * of C is of no newer term than its own.
 */
export const voteInTheSameTerm = schedule((run) => {
  elect(run, 'A', 'C');
  run.deliver('AppendEntries', 'A', 'C');
  run.timeout('C');
  exchange(run, 'PreVote', 'C', 'B');
  run.timeout('B');
  exchange(run, 'AppendEntries', 'A', 'B');
  exchange(run, 'PreVote', 'B', 'C');
  exchange(run, 'RequestVote', 'C', 'B');
  run.request('C', setByBen);
  exchange(run, 'AppendEntries', 'C', 'B', 2);
  run.request('A', { command: 'x?', client: 'Ann', sequence: 1, read: 'lease' });
});

/**
 * A wanted to hand over to B, and did not; C leads the next term, has a lease, and B follows it. Then what A told B arrives: B
 * stands as if C had asked it to, and is elected.
 */
export const obeysAFormerLeader = schedule((run) => {
  lead(run, 'A', 'B');
  run.transfer('A', 'B');
  loseContact(run, 'B', 'C');
  elect(run, 'C', 'B');
  for (const node of ['A', 'B']) exchange(run, 'AppendEntries', 'C', node);
  run.deliver('TimeoutNow', 'A', 'B');
  exchange(run, 'RequestVote', 'B', 'A');
  run.request('B', setByBen);
  exchange(run, 'AppendEntries', 'B', 'A', 2);
  run.request('C', { command: 'x?', client: 'Ann', sequence: 1, read: 'lease' });
});
