// Runs of chapter 12 with Multi-Paxos in which another node leads: what it proposes, and what becomes of the old leader.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from './lead.ts';

const variant = 'multi-paxos';

export const newLeader: Scenario = {
  name: 'new-leader',
  title: 'A new leader proposes again, under its own ballot',
  about:
    'Multi-Paxos. C has missed slot 2, and leads all the same. It learns of the slot from a promise, and proposes it in its own ballot.',
  nodes: ['A', 'B', 'C'],
  variant,
  script(run) {
    run.prologue(() => {
      lead(run, 'A', 'B');
      run.settle();
      run.request('A', 'x=1');
      run.settle();
      run.timeout('A', 'heartbeat');
      run.settle();
    });
    run.note(
      'x=1 is applied everywhere. y=2 goes into slot 2: B accepts it, C does not hear of it.',
    );
    run.request('A', 'y=2');
    run.drop('Accept', 'A', 'C');
    run.deliver('Accept', 'A', 'B');
    run.note('z=3 goes into slot 3, and reaches nobody. A crashes.');
    run.request('A', 'z=3');
    run.crash('A');
    run.prologue(() => run.dropAll());
    run.ask(
      'C lacks slot 2, which is chosen. In Raft, B would not vote for it (§5.4.1). May C lead here?',
      'Yes. Any node may lead. What it lacks, it learns from the promises of a majority.',
    );
    run.timeout('C');
    run.note('B tells what it has accepted from slot 2 on.');
    run.deliver('Prepare', 'C', 'B');
    run.note(
      'C leads ballot 3. It proposes y=2 in slot 2 again, now in ballot 3. Of z=3 nobody has told it.',
    );
    run.deliver('Promise', 'B', 'C');
    run.note(
      'B replaces the ballot of slot 2. In Raft, an entry keeps the term in which it was made.',
    );
    run.deliver('Accept', 'C', 'B');
    run.deliver('Accepted', 'B', 'C');
    run.prologue(() => run.settle('B', 'C'));
    run.note('C is free to put another command into slot 3.');
    run.request('C', 'w=4');
    run.prologue(() => {
      run.settle('B', 'C');
      run.dropAll();
    });
    run.note('A comes back. On its disk is z=3 in slot 3, of ballot 1.');
    run.restart('A');
    run.timeout('C', 'heartbeat');
    run.ask(
      'C says that every slot before 4 is chosen. May A apply what it has accepted there?',
      'No. What A holds is of ballot 1, and in slot 3 something else was chosen. It asks.',
    );
    run.deliver('Heartbeat', 'C', 'A');
    run.deliver('HeartbeatReply', 'A', 'C');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'All nodes have applied x=1, y=2 and w=4; z=3 was never chosen.',
    nodes: {
      A: { role: 'follower', machine: { x: '1', y: '2', w: '4' } },
      B: { machine: { x: '1', y: '2', w: '4' } },
      C: { role: 'leader', ballot: 3, machine: { x: '1', y: '2', w: '4' } },
    },
  },
};

export const oldLeader: Scenario = {
  name: 'old-leader',
  title: 'An old leader is refused',
  about:
    'Multi-Paxos. A is cut off and goes on leading ballot 1. When it is heard again, it is refused.',
  nodes: ['A', 'B', 'C'],
  variant,
  script(run) {
    run.prologue(() => {
      lead(run, 'A', 'B');
      run.settle();
    });
    run.note('B accepts x=1 in slot 1, in ballot 1. Its answer is slow. Then A is cut off.');
    run.request('A', 'x=1');
    run.drop('Accept', 'A', 'C');
    run.deliver('Accept', 'A', 'B');
    run.partition(['A'], ['B', 'C']);
    run.note('A accepts z=3 in slot 2 itself, and reaches nobody.');
    run.request('A', 'z=3');
    run.note('B hears from no leader. It begins ballot 2, and proposes x=1 again.');
    run.prologue(() => {
      lead(run, 'B', 'C');
      run.settle('B', 'C');
    });
    run.request('B', 'y=2');
    run.prologue(() => run.settle('B', 'C'));
    run.heal();
    run.note('Two nodes lead, A in ballot 1 and B in ballot 2. A asks again for its slots.');
    run.timeout('A', 'heartbeat');
    run.note('C has promised ballot 2. It refuses, and also the heartbeat.');
    run.deliver('Accept', 'A', 'C');
    run.deliver('Heartbeat', 'A', 'C');
    run.note('A is refused and leads no more.');
    run.deliver('Nack', 'C', 'A');
    run.note('Its time is over, and it begins ballot 4. So far it does not know that B leads.');
    run.timeout('A');
    run.note('The second refusal is about ballot 1.');
    run.deliver('Nack', 'C', 'A');
    run.note(
      'B hears of ballot 4, promises it, and leads no more. A leader that others heard is deposed: there is no PreVote here.',
    );
    run.deliver('Prepare', 'A', 'B');
    run.note(
      'With the promise comes what is in slots 1 and 2. A proposes both again, in ballot 4.',
    );
    run.deliver('Promise', 'B', 'A');
    run.ask(
      'The old answer of B arrives: slot 1 is accepted, in ballot 1. May A count it?',
      'No. A counts for ballot 4. Here it would be the same value, but in general it is not.',
    );
    run.deliver('Accepted', 'B', 'A');
    run.prologue(() => run.settle());
    run.timeout('A', 'heartbeat');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'A leads ballot 4; x=1 and y=2 are applied everywhere, and z=3 was never chosen.',
    nodes: {
      A: { role: 'leader', ballot: 4, machine: { x: '1', y: '2' } },
      B: { role: 'follower', machine: { x: '1', y: '2' } },
      C: { machine: { x: '1', y: '2' } },
    },
  },
};
