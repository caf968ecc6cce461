// Runs of chapter 12 with Multi-Paxos: a stable leader, a gap, and what is asked again.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from './lead.ts';

const variant = 'multi-paxos';

export const stableLeader: Scenario = {
  name: 'stable-leader',
  title: 'One promise for all slots',
  about: 'Multi-Paxos. A asks for promises once. After that, each command takes one round trip.',
  nodes: ['A', 'B', 'C'],
  variant,
  script(run) {
    run.note(
      'A hears from no leader. It begins ballot 1: for slot 1, and for every slot after it.',
    );
    run.timeout('A');
    run.note('B promises ballot 1 in every slot at once.');
    run.deliver('Prepare', 'A', 'B');
    run.deliver('Prepare', 'A', 'C');
    run.note(
      'A has promises from a majority. It leads, and says so. Nothing was accepted, so it has nothing to propose.',
    );
    run.deliver('Promise', 'B', 'A');
    run.deliver('Promise', 'C', 'A');
    run.deliver('Heartbeat', 'A', 'B');
    run.note('A client wants x=1. A proposes it in slot 1, with phase 2 at once.');
    run.request('A', 'x=1');
    run.deliver('Accept', 'A', 'B');
    run.note('A majority has accepted slot 1. It is chosen; A applies it and answers its client.');
    run.deliver('Accepted', 'B', 'A');
    run.prologue(() => run.settle());
    run.note(
      'The next command goes into slot 2. The message also tells that every slot before 2 is chosen.',
    );
    run.request('A', 'y=2');
    run.ask(
      'B has accepted slot 1 in ballot 1. May it apply it now?',
      'Yes. The leader of ballot 1 says that slot 1 is chosen, and what B holds is of that very ballot.',
    );
    run.deliver('Accept', 'A', 'B');
    run.prologue(() => run.settle());
    run.note('With its next heartbeat the leader tells of slot 2.');
    run.timeout('A', 'heartbeat');
    run.deliver('Heartbeat', 'A', 'B');
    run.deliver('Heartbeat', 'A', 'C');
    run.note('Another node is asked. It names the leader.');
    run.request('B', 'z=3');
  },
  outcome: {
    says: 'Both commands are applied on every node.',
    nodes: {
      A: { role: 'leader', lastApplied: 2 },
      B: { role: 'follower', leaderId: 'A', machine: { x: '1', y: '2' } },
      C: { machine: { x: '1', y: '2' } },
    },
  },
};

export const gap: Scenario = {
  name: 'gap',
  title: 'A gap in the log',
  about:
    'Multi-Paxos. Slot 2 is chosen before slot 1. It waits, and a new leader fills the gap with a no-op.',
  nodes: ['A', 'B', 'C'],
  variant,
  script(run) {
    run.prologue(() => {
      lead(run, 'A', 'B');
      run.settle();
    });
    run.note('A proposes x=1 in slot 1 and y=2 in slot 2 at once. What is about slot 1 is lost.');
    run.request('A', 'x=1');
    run.prologue(() => run.dropAll());
    run.request('A', 'y=2');
    run.note('B accepts slot 2 and has nothing in slot 1. In Raft it would refuse (§5.3).');
    run.deliver('Accept', 'A', 'B');
    run.ask(
      'A and B have accepted slot 2. Is it chosen, and may A apply it?',
      'It is chosen, whatever slot 1 holds. But A may not apply it before slot 1.',
    );
    run.deliver('Accepted', 'B', 'A');
    run.note('A crashes. Nobody else has heard of x=1.');
    run.crash('A');
    run.prologue(() => run.dropAll());
    run.timeout('C');
    run.deliver('Prepare', 'C', 'B');
    run.ask(
      'C learns of slot 2 alone. What does it propose in slot 1?',
      'A no-op. No majority can have accepted anything there below ballot 3, and something must be chosen before slot 2 can be applied.',
    );
    run.deliver('Promise', 'B', 'C');
    run.prologue(() => run.settle('B', 'C'));
    run.prologue(() => run.dropAll());
    run.note(
      'A comes back with x=1 in slot 1, of ballot 1. It learns that the slot holds something else.',
    );
    run.restart('A');
    run.prologue(() => {
      run.timeout('C', 'heartbeat');
      run.settle();
    });
  },
  outcome: {
    says: 'Slot 1 holds a no-op, slot 2 y=2. The client of x=1 was never answered.',
    nodes: {
      A: { chosen: { 1: 'no-op', 2: 'y=2' }, machine: { y: '2' } },
      B: { chosen: { 1: 'no-op', 2: 'y=2' } },
      C: { role: 'leader', chosen: { 1: 'no-op', 2: 'y=2' } },
    },
  },
};

export const repeated: Scenario = {
  name: 'repeated',
  title: 'Asked again, counted once',
  about:
    'Multi-Paxos with five nodes. The leader repeats what is not chosen yet, and counts each acceptor once.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  variant,
  script(run) {
    run.prologue(() => {
      run.partition(['A', 'B', 'C'], ['D', 'E']);
      run.timeout('A');
      run.deliver('Prepare', 'A', 'B');
    });
    run.note('The promise of B for ballot 1 is slow. A begins ballot 6.');
    run.timeout('A');
    run.note('The old promise does not count.');
    run.deliver('Promise', 'B', 'A');
    run.deliver('Prepare', 'A', 'C', 2);
    run.note('C has promised ballot 6, and refuses ballot 1.');
    run.deliver('Prepare', 'A', 'C');
    run.deliver('Prepare', 'A', 'B');
    run.deliver('Promise', 'B', 'A');
    run.note('With the promise of C there are three of five, and A leads.');
    run.deliver('Promise', 'C', 'A');
    run.prologue(() => run.settle());
    run.request('A', 'x=1');
    run.note('B accepts slot 1. The message to C is lost.');
    run.deliver('Accept', 'A', 'B');
    run.drop('Accept', 'A', 'C');
    run.deliver('Accepted', 'B', 'A');
    run.note('Two of five have accepted. With its heartbeat A asks everybody again.');
    run.timeout('A', 'heartbeat');
    run.deliver('Accept', 'A', 'B');
    run.note('B has accepted it twice, and is one acceptor.');
    run.deliver('Accepted', 'B', 'A');
    run.note(
      'C hears that slot 1 is proposed, and is asked by a heartbeat what it lacks: nothing yet.',
    );
    run.deliver('Heartbeat', 'A', 'C');
    run.note('Now C accepts as well.');
    run.deliver('Accept', 'A', 'C');
    run.duplicate('Accepted', 'C', 'A');
    run.deliver('Accepted', 'C', 'A');
    run.note('The links are mended. D and E have promised nothing and missed everything.');
    run.heal();
    run.prologue(() => run.dropAll());
    run.timeout('A', 'heartbeat');
    run.deliver('Heartbeat', 'A', 'D');
    run.deliver('HeartbeatReply', 'D', 'A');
    run.duplicate('Chosen', 'A', 'D');
    run.deliver('Chosen', 'A', 'D');
    run.note('A slot is learned once.');
    run.deliver('Chosen', 'A', 'D');
    run.note('E tells what it lacks, but A leads no more when it arrives: B has begun ballot 7.');
    run.deliver('Heartbeat', 'A', 'E');
    run.prologue(() => run.request('A', 'y=2'));
    run.deliver('Accept', 'A', 'B');
    run.timeout('B');
    run.deliver('Prepare', 'B', 'A');
    run.deliver('HeartbeatReply', 'E', 'A');
    run.ask(
      'Then the answer of B to slot 2 of ballot 6 arrives. Does A count it?',
      'No. A has promised ballot 7 and leads no more. B will propose slot 2 again.',
    );
    run.deliver('Accepted', 'B', 'A');
    run.prologue(() => {
      run.settle();
      run.timeout('B', 'heartbeat');
      run.settle();
    });
  },
  outcome: {
    says: 'B leads ballot 7, and every node has applied both slots.',
    nodes: {
      A: { role: 'follower', machine: { x: '1', y: '2' } },
      B: { role: 'leader', ballot: 7, machine: { x: '1', y: '2' } },
      E: { machine: { x: '1', y: '2' } },
    },
  },
};
