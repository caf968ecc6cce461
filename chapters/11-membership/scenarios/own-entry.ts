// Runs of chapter 11 about the correction of 2015: a leader changes no members before an entry of its own term is committed.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from '../../08-persistence/scenarios/lead.ts';
import { fourOfFive, roundTrip } from './lead.ts';

/** Everything up to the moment in which B is asked to remove A. */
function twoLeadersTwoChanges(run: Script): void {
  lead(run, 'A', 'B', 'C', 'D');
  run.note('A leads term 1. E is to join, and catches up.');
  run.change('A', 'A', 'B', 'C', 'D', 'E');
  run.prologue(() => {
    roundTrip(run, 'AppendEntries', 'A', 'E');
    roundTrip(run, 'AppendEntries', 'A', 'E');
  });
  run.note('A appends the voters A to E. The entry reaches E, and nobody else.');
  run.deliver('AppendEntries', 'A', 'E');
  run.prologue(() => {
    run.dropAll();
    for (const node of ['B', 'C', 'D', 'E']) run.timeout(node, 'contact');
    run.timeout('B');
    for (const node of ['C', 'D']) roundTrip(run, 'PreVote', 'B', node);
    for (const node of ['C', 'D']) run.deliver('RequestVote', 'B', node);
    run.deliver('RequestVoteReply', 'C', 'B');
  });
  run.note('A hears from nobody. B is elected for term 2 by B, C and D, who are three of four.');
  run.deliver('RequestVoteReply', 'D', 'B');
  run.prologue(() => {
    run.drop('PreVote', 'B', 'A');
    run.drop('RequestVote', 'B', 'A');
    run.drop('AppendEntries', 'B', 'A');
    run.drop('AppendEntries', 'B', 'D');
  });
}

/** A hears of term 2, and stands for term 3. */
function electAWithDAndE(run: Script): void {
  run.prologue(() => {
    run.dropAll();
    while (run.cluster.stateOf('A').role === 'leader') run.timeout('A');
    run.timeout('A');
    roundTrip(run, 'PreVote', 'A', 'D');
    run.dropAll();
    run.timeout('A');
    for (const node of ['D', 'E']) roundTrip(run, 'PreVote', 'A', node);
    run.deliver('RequestVote', 'A', 'D');
    run.deliver('RequestVote', 'A', 'E');
    run.deliver('RequestVoteReply', 'D', 'A');
  });
}

export const noOwnEntryFirst: Scenario = {
  name: 'no-own-entry-first',
  title: 'One node at a time is not enough',
  about:
    'Single-server changes as they were first published. Each change alone is safe, and two leaders make one each.',
  ...fourOfFive,
  variant: 'no-own-entry-first',
  script(run) {
    twoLeadersTwoChanges(run);
    run.ask(
      'B goes by the voters A to D, for it has not seen the change of A. It is to remove A. Is that one node at a time?',
      'For B it is. But A to E and B to D differ by two nodes, and A to E is not gone: A and E store it.',
    );
    run.change('B', 'B', 'C', 'D');
    run.note('C stores the new configuration. Two of B, C and D are a majority: it is committed.');
    run.prologue(() => run.drop('AppendEntries', 'B', 'D'));
    roundTrip(run, 'AppendEntries', 'B', 'C');
    roundTrip(run, 'AppendEntries', 'B', 'C');
    run.note('A is back. It goes by the voters A to E, and D has not heard of anything.');
    electAWithDAndE(run);
    run.ask(
      'A, D and E are three of five. Is there a node among them that stores what B has committed?',
      'No. B and C store it. The majorities of B and of A share no node.',
    );
    run.deliver('RequestVoteReply', 'E', 'A');
  },
  outcome: {
    says: 'A leads term 3 without an entry that was committed in term 2.',
    nodes: { A: { role: 'leader', currentTerm: 3 }, B: { commitIndex: 3 } },
    violates: 'Leader Completeness',
  },
};

export const ownEntryFirst: Scenario = {
  name: 'own-entry-first',
  title: 'An entry of the own term first',
  about: 'The same schedule with the rules of this chapter: the correction of 2015.',
  ...fourOfFive,
  script(run) {
    twoLeadersTwoChanges(run);
    run.ask(
      'B is to remove A. It has committed nothing in its term yet. Does it take on the change?',
      'No. Not before an entry of term 2 is committed: then a majority of A to D stores something newer than the change of A, and nobody whose log ends with that change can be elected any more.',
    );
    run.change('B', 'B', 'C', 'D');
    run.note('C stores the first entry of B. That makes two of four, which is not enough.');
    roundTrip(run, 'AppendEntries', 'B', 'C');
    run.note('A is back, and is elected by A, D and E as before. This time nothing is lost.');
    electAWithDAndE(run);
    run.deliver('RequestVoteReply', 'E', 'A');
    run.prologue(() => run.dropAll());
    run.prologue(() => run.timeout('A', 'heartbeat'));
    run.settle();
  },
  outcome: {
    says: 'A leads term 3. B had committed nothing, so nothing is lost.',
    nodes: {
      A: { role: 'leader', currentTerm: 3, configuration: [['A', 'B', 'C', 'D', 'E']] },
      B: { role: 'follower', currentTerm: 3, configuration: [['A', 'B', 'C', 'D', 'E']] },
    },
  },
};
