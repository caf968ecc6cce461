// Multi-Paxos is a variant of its chapter, so what is tested of every chapter's own rules is tested of these here.

import test from 'tape';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import { multiPaxos, takeTheLead } from '../../../chapters/12-paxos/multi-paxos.ts';
import * as rules from '../../../chapters/12-paxos/multi-paxos.ts';
import type { MultiPaxos } from '../../../chapters/12-paxos/slots.ts';
import { firstUnchosen, proposeIn } from '../../../chapters/12-paxos/slots.ts';
import { replayStrict } from '../../../lib/replay/strict.ts';
import { edited, replacing } from '../../../lib/rules/edit.ts';
import { ablations } from '../../../lib/rules/node.ts';
import { mustHold } from '../../../lib/scenario/scenario.ts';
import { passChoices } from '../../../lib/trial/choices.ts';
import { recorded } from '../../support.ts';

const traces = recorded
  .filter(({ chapter, scenario }) => chapter === paxos && scenario.variant === 'multi-paxos')
  .map(({ trace }) => trace);

test('every rule of Multi-Paxos fires in some run, and every condition refuses in one', (t) => {
  const fired = traces.flatMap(({ steps }) => steps.flatMap((step) => step.fired ?? []));
  for (const { name, conditions } of multiPaxos.rules) {
    const own = fired.filter(({ rule }) => rule === name);
    t.ok(
      own.some(({ refused }) => refused === undefined),
      `${name} fires`,
    );
    for (const condition of conditions) {
      t.ok(
        own.some(({ refused }) => refused === condition.name),
        `${name} is refused because not '${condition.name}'`,
      );
    }
  }
  t.end();
});

test('strict replay notices when any rule or condition of Multi-Paxos is missing', (t) => {
  for (const { name, node } of ablations(multiPaxos)) {
    t.ok(
      traces.some((trace) => replayStrict(trace, node, multiPaxos)),
      name,
    );
  }
  t.end();
});

test('a storm notices a leader that leaves out what Multi-Paxos asks of it', (t) => {
  const edit = edited<MultiPaxos>();
  const mistakes = {
    'a new leader proposes nothing again': edit(takeTheLead, {
      then(me, event, act) {
        me.role = 'leader';
        me.leaderId = me.id;
        me.promises = {};
        act.stopElectionTimer();
        act.restartHeartbeatTimer();
      },
    }),
    'the leader uses the first slot it has not applied': edit(rules.proposeNext, {
      then(me, { command }, act) {
        proposeIn(me, { [firstUnchosen(me)]: command }, act);
      },
    }),
    'a follower takes for chosen what it accepted in an older ballot': edit(rules.hearLeader, {
      then(me, { from, firstUnchosen: end }, act) {
        me.leaderId = from;
        act.restartElectionTimer();
        const held = Object.entries(me.slots).filter(([slot]) => Number(slot) < end);
        me.chosen = {
          ...Object.fromEntries(held.map(([slot, { value }]): [string, string] => [slot, value])),
          ...me.chosen,
        };
      },
    }),
  };
  for (const [what, rule] of Object.entries(mistakes)) {
    const node = replacing(multiPaxos, rule);
    let problem: string | undefined;
    for (let seed = 0; seed < 20 && problem === undefined; seed++) {
      problem = passChoices(node, mustHold(paxos), seed);
    }
    t.ok(problem, `${what}: ${problem ?? 'nothing'}`);
  }
  t.end();
});
