// Runs of chapter 9 in which a leader of a new term reads: what it does not know yet, and what counts no more.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { readByAnn, setByAnn, setByBen } from './requests.ts';

/**
 * A sets x to 1 and tells Ann, but the others do not hear that it is committed. A crashes, and B is
 * elected with the vote of C. Its first entry reaches nobody yet.
 */
function freshLeader(run: Script): void {
  lead(run, 'A', 'B');
  run.prologue(() => {
    run.timeout('A', 'heartbeat');
    run.settle();
  });
  run.note('Ann sets x to 1. The entry reaches B. A commits it, and tells Ann that it is done.');
  run.request('A', setByAnn);
  run.drop('AppendEntries', 'A', 'C');
  run.deliver('AppendEntries', 'A', 'B');
  run.deliver('AppendEntriesReply', 'B', 'A');
  run.note('Before B hears that x=1 is committed, A crashes.');
  run.crash('A');
  loseContact(run, 'B', 'C');
  run.prologue(() => elect(run, 'B', 'C'));
  run.note('B leads term 2. It has the entry. That it is committed, B cannot know yet.');
}

export const readTooEarly: Scenario = {
  name: 'read-too-early',
  title: 'A new leader reads before its first commit',
  about: 'A leader makes sure that it leads, and trusts its commitIndex. A new leader must not.',
  nodes: ['A', 'B', 'C'],
  variant: 'reads-too-early',
  script(run) {
    freshLeader(run);
    run.request('B', readByAnn);
    run.prologue(() => run.drop('AppendEntries', 'B', 'C'));
    run.deliver('AppendEntries', 'B', 'C');
    run.ask(
      'C refuses the entries, since it lacks x=1. But it answers: B leads. What does B tell Ann?',
      'That x has no value. B has not applied x=1, although Ann was told that it is done.',
    );
    run.deliver('AppendEntriesReply', 'C', 'B');
  },
  outcome: {
    says: 'Ann has set x to 1, and then read that it has no value.',
    nodes: { B: { role: 'leader', currentTerm: 2, commitIndex: 1 } },
    violates: 'Linearizability',
  },
};

export const firstCommit: Scenario = {
  name: 'first-commit',
  title: 'Before its first commit, a new leader reads through the log',
  about: 'The same schedule. The read becomes an entry, and comes after all that was committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    freshLeader(run);
    run.note('No entry of term 2 is committed. B puts the read of Ann into its log.');
    run.request('B', readByAnn);
    run.note('C lacks x=1, refuses, and gets all of it at once.');
    run.settle('B', 'C');
    run.note('Now an entry of term 2 is committed. The next read can do without the log.');
    run.request('B', { ...readByAnn, sequence: 3 });
    run.settle('B', 'C');
  },
  outcome: {
    says: 'Ann has read 1 twice, and only the first read is in the log.',
    nodes: { B: { role: 'leader', currentTerm: 2, commitIndex: 4, machine: { x: '1' } } },
  },
};

export const leadsAgain: Scenario = {
  name: 'leads-again',
  title: 'Rounds of a former office',
  about: 'A leads, steps down and leads again. What it heard in its first term counts no more.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      for (let round = 0; round < 3; round++) {
        run.timeout('A', 'heartbeat');
        run.settle();
      }
    });
    run.note('A has begun four rounds. It begins two more. Only C receives them, and is slow.');
    run.prologue(() => {
      for (let round = 0; round < 2; round++) {
        run.timeout('A', 'heartbeat');
        run.deliver('AppendEntries', 'A', 'C');
        run.drop('AppendEntries', 'A', 'B');
      }
    });
    run.note('Nobody answers A for an election timeout, and then for another. It steps down.');
    run.prologue(() => run.timeout('A'));
    run.timeout('A');
    run.note('An answer of C arrives. A follows, and counts no rounds.');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('A is elected again, for term 2. B votes for it and stores its first entry.');
    loseContact(run, 'B', 'C');
    run.prologue(() => {
      run.timeout('A');
      run.deliver('PreVote', 'A', 'B');
      run.deliver('PreVoteReply', 'B', 'A');
      run.deliver('RequestVote', 'A', 'B');
      run.deliver('RequestVoteReply', 'B', 'A');
      run.deliver('AppendEntries', 'A', 'B');
      run.deliver('AppendEntriesReply', 'B', 'A');
      run.drop('AppendEntries', 'A', 'C');
    });
    run.note('A is cut off. The others elect B for term 3, and Ben sets x to 2.');
    run.partition(['A'], ['B', 'C']);
    loseContact(run, 'B');
    run.prologue(() => {
      elect(run, 'B', 'C');
      run.settle('B', 'C');
    });
    run.request('B', setByBen);
    run.settle('B', 'C');
    run.ask(
      'Ann reads x at A. Its second round in term 2 begins. In term 1 the others had answered four. Does that help?',
      'No. A forgot the rounds of term 1 when it stepped down, and counts from 1 again.',
    );
    run.request('A', { ...readByAnn, sequence: 1 });
    run.heal();
    run.ask(
      'The last answer of C to term 1 arrives. It is about round 6. Is the read answered?',
      'No. It is about a round of another term. C has helped to elect B since.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('A learns of term 3, and sends Ann away.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
  },
  outcome: {
    says: 'A follows in term 3, and has not answered the read.',
    nodes: {
      A: { role: 'follower', currentTerm: 3, round: 0, waitingReads: [] },
      B: { role: 'leader', currentTerm: 3, machine: { x: '2' } },
    },
  },
};
