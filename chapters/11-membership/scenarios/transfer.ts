// Runs of chapter 11 in which a leader hands over to another.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from '../../08-persistence/scenarios/lead.ts';
import { roundTrip, threeOfFour } from './lead.ts';

const threeNodes = { nodes: ['A', 'B', 'C'] };

export const handedOver: Scenario = {
  name: 'handed-over',
  title: 'Leadership is handed over',
  about:
    'A is to be shut down for repair, and lets B lead first. Nobody waits for an election timeout.',
  ...threeNodes,
  script(run) {
    lead(run, 'A', 'B');
    run.note('One command is on its way to B and C.');
    run.request('A', 'x=1');
    run.ask(
      'An administrator asks A to let B lead. Does A tell B at once to stand for election?',
      'No. B lacks x=1, and would lose. A first sees to it that B stores its whole log.',
    );
    run.transfer('A', 'B');
    run.ask(
      'A client asks A for another command meanwhile. Is it taken?',
      'No. With ever new entries, B would never store all of them. A names no leader, for it will not be one for long.',
    );
    run.request('A', 'y=2');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('B stores everything that A stores. Now A asks it to stand.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.prologue(() => roundTrip(run, 'AppendEntries', 'A', 'C'));
    run.duplicate('TimeoutNow', 'A', 'B');
    run.ask(
      'B hears from a leader, and so does C. How can there be an election?',
      'B does not ask for pre-votes. Its requests for votes say that the leader itself wants this.',
    );
    run.deliver('TimeoutNow', 'A', 'B');
    run.note('C hears from A, and would disregard any other request.');
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
    run.deliver('RequestVote', 'B', 'A');
    run.note('A copy of the message comes late. B is in a newer term, and does not stand again.');
    run.deliver('TimeoutNow', 'A', 'B');
    run.settle();
  },
  outcome: {
    says: 'B leads term 2, and nothing was lost.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      B: { role: 'leader', currentTerm: 2, machine: { x: '1' } },
    },
  },
};

export const notHandedOver: Scenario = {
  name: 'not-handed-over',
  title: 'A transfer that comes to nothing, and then does not',
  about: 'B is told to stand for election, and the message is very slow. A cannot wait for ever.',
  ...threeNodes,
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.timeout('A', 'heartbeat');
      run.settle();
    });
    run.note('B stores everything, so it is told to stand right away. The message is slow.');
    run.transfer('A', 'B');
    run.prologue(() => run.settle('A', 'C'));
    run.ask(
      'Ann asks A to read x by its lease. A has heard from B and C just now. May it answer at once?',
      'No. A lease says that nobody else can be elected for a while, and A itself has asked for an election.',
    );
    run.request('A', { command: 'x?', client: 'Ann', sequence: 1, read: 'lease' });
    run.note('The answers to a round of messages are enough.');
    run.prologue(() => roundTrip(run, 'AppendEntries', 'A', 'C'));
    run.note('An election timeout has passed, and A still leads. It takes commands again.');
    run.timeout('A');
    run.request('A', 'x=1');
    roundTrip(run, 'AppendEntries', 'A', 'C');
    run.ask(
      'The message of A arrives at B after all. B stands for election, and lacks x=1. Can it win?',
      'Not with C, which stores x=1. A transfer changes when there is an election, and not who may win it.',
    );
    run.deliver('TimeoutNow', 'A', 'B');
    roundTrip(run, 'RequestVote', 'B', 'C');
    run.deliver('RequestVote', 'B', 'A');
    run.note('Nobody leads for the moment. C is elected.');
    run.prologue(() => {
      run.dropAll();
      run.timeout('C');
      run.settle();
    });
    lead(run, 'C');
  },
  outcome: {
    says: 'C leads, and x is 1.',
    nodes: { C: { role: 'leader', machine: { x: '1' } }, B: { role: 'follower' } },
  },
};

export const notToAnybody: Scenario = {
  name: 'not-to-anybody',
  title: 'Who can hand over, and to whom',
  about: 'Only a leader can hand over, and only to another node that has a vote.',
  ...threeOfFour,
  script(run) {
    lead(run, 'A', 'B');
    run.ask(
      'B is asked to let C lead. What does it do?',
      'It names the leader, as it does for clients.',
    );
    run.transfer('B', 'C');
    run.note('D does not belong to the cluster, so A does not let it lead.');
    run.transfer('A', 'D');
    run.note('A leads already.');
    run.transfer('A', 'A');
    run.prologue(() => {
      run.timeout('A', 'heartbeat');
      run.deliver('AppendEntries', 'A', 'B');
      run.settle('A', 'C');
    });
    run.note('B has a vote, and stores the whole log of A. It is told to stand. That is slow.');
    run.transfer('A', 'B');
    run.note('Meanwhile B is taken out of the cluster. A and C commit that.');
    run.change('A', 'A', 'C');
    roundTrip(run, 'AppendEntries', 'A', 'C');
    run.note('B still answers an earlier heartbeat, and hears that it has no vote any more.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.prologue(() => run.deliver('AppendEntries', 'A', 'B'));
    run.deliver('AppendEntries', 'A', 'B');
    run.ask(
      'Now B is asked to stand for election. Does it?',
      'No. It would lead a cluster to which it does not belong, only to step down again.',
    );
    run.deliver('TimeoutNow', 'A', 'B');
  },
  outcome: {
    says: 'A still leads, and B is out.',
    nodes: {
      A: { role: 'leader', currentTerm: 1, configuration: [['A', 'C']] },
      B: { role: 'follower', currentTerm: 1, configuration: [['A', 'C']] },
    },
  },
};
