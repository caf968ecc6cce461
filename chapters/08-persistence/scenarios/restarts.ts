// Runs of chapter 8 about clusters that start again, and about a client that does not know what became of its command.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, lead, loseContact } from './lead.ts';

export const wholeCluster: Scenario = {
  name: 'whole-cluster',
  title: 'The whole cluster starts again',
  about: 'All nodes crash at once. Whatever was committed is on a majority of the disks.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.request('A', 'x=1');
      run.settle();
      run.timeout('A', 'heartbeat');
      run.settle();
    });
    run.note('x=1 is applied everywhere. y=2 reaches B, but not C; A commits it.');
    run.request('A', 'y=2');
    run.drop('AppendEntries', 'A', 'C');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('The power fails.');
    for (const node of ['A', 'B', 'C']) run.crash(node);
    run.note('The nodes start again. Their logs are there; their machines are empty.');
    for (const node of ['A', 'B', 'C']) run.restart(node);
    run.ask(
      'Nobody knows any more which entries are committed. C times out first. Can it be elected?',
      'No. B and A hold y=2 and do not vote for a shorter log.',
    );
    run.timeout('C');
    run.settle();
    run.note(
      'B is elected. Its no-op is of its own term: once that is committed, so is all before it.',
    );
    run.prologue(() => elect(run, 'B', 'C'));
    run.settle();
    run.timeout('B', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'Every node has applied x=1 and y=2 again.',
    nodes: {
      A: { machine: { x: '1', y: '2' } },
      B: { role: 'leader', currentTerm: 2, machine: { x: '1', y: '2' } },
      C: { machine: { x: '1', y: '2' } },
    },
  },
};

export const executedTwice: Scenario = {
  name: 'executed-twice',
  title: 'A command is executed twice',
  about:
    'What is still broken: a client hears no answer and asks again. No node can tell that it is the same command.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('A client asks to put an a at the end of x.');
    run.request('A', 'x+=a');
    run.deliver('AppendEntries', 'A', 'B');
    run.note(
      'The entry is committed, and A applies it. It crashes before it can answer the client.',
    );
    run.crashAfter(1);
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.dropAll();
    loseContact(run, 'B', 'C');
    run.note('B is elected. It holds the entry, commits it with its own, and applies it too.');
    run.prologue(() => {
      run.timeout('B');
      run.drop('PreVote', 'B', 'A');
      run.deliver('PreVote', 'B', 'C');
      run.deliver('PreVoteReply', 'C', 'B');
      run.drop('RequestVote', 'B', 'A');
      run.deliver('RequestVote', 'B', 'C');
    });
    run.deliver('RequestVoteReply', 'C', 'B');
    run.drop('AppendEntries', 'B', 'A');
    run.settle('B', 'C');
    run.note(
      'The client has heard nothing. It cannot know whether its command was lost, and asks again.',
    );
    run.request('B', 'x+=a');
    run.drop('AppendEntries', 'B', 'A');
    run.ask(
      'To B this is a command like any other. What is x when it is committed?',
      'aa. The client wanted one a, and its command was executed twice.',
    );
    run.settle('B', 'C');
  },
  outcome: {
    says: 'x is aa, although the client asked for one a.',
    nodes: { B: { role: 'leader', currentTerm: 2, machine: { x: 'aa' } } },
  },
};
