// Multi-Paxos: how nodes find out what is chosen in each slot, and apply it in order.

import { applyCommand, noOp } from '../../lib/machine/key-value.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import type { MultiPaxos } from './slots.ts';
import { acceptedByMajority, firstUnchosen } from './slots.ts';

const rule = rulesOf<MultiPaxos>();

/** A leader helps a node that is behind with at most this many slots at a time. */
const slotsPerHelp = 3;

export const chooseSlots = rule({
  name: 'choose-slots',
  paper: 'Paxos Made Simple §2.2, §3',
  says: 'What a majority has accepted in a slot in one ballot is chosen, whatever the slots before it hold.',
  on: 'any event',
  when: {
    'a majority has accepted some slot': (me) => acceptedByMajority(me) !== undefined,
  },
  then(me) {
    const slot = acceptedByMajority(me) ?? 0;
    me.acceptedBy = Object.fromEntries(
      Object.entries(me.acceptedBy).filter(([each]) => Number(each) !== slot),
    );
    me.chosen = { ...me.chosen, [slot]: me.slots[slot]?.value ?? noOp };
  },
});

export const learnSlot = rule({
  name: 'learn-slot',
  paper: 'Paxos Made Simple §2.3, §3',
  says: 'A learner believes what it is told to be chosen in a slot.',
  on: 'Chosen',
  then(me, { slot, value }) {
    me.chosen = { ...me.chosen, [slot]: value };
  },
});

export const applyChosen = rule({
  name: 'apply-chosen',
  paper: 'Paxos Made Simple §3',
  says: 'Apply chosen slots in their order, up to the first gap; the leader answers its clients.',
  on: 'any event',
  when: {
    'the next slot is chosen': (me) => me.chosen[me.lastApplied + 1] !== undefined,
  },
  then(me, event, act) {
    do {
      const slot = me.lastApplied + 1;
      const command = me.chosen[slot] ?? noOp;
      me.lastApplied = slot;
      me.machine = applyCommand(me.machine, command);
      act.apply(slot, command);
      const isOwn = me.role === 'leader' && me.slots[slot]?.ballot === me.ballot;
      if (isOwn && command !== noOp) act.answer(command, true, me.id);
    } while (me.chosen[me.lastApplied + 1] !== undefined);
  },
});

export const tellWhatIsMissing = rule({
  name: 'tell-what-is-missing',
  paper: 'Paxos Made Simple §2.3',
  says: 'A follower that has heard from its leader tells it up to where it knows what is chosen.',
  on: 'Heartbeat',
  when: {
    'the leader knows more': (me, heartbeat) => heartbeat.firstUnchosen > firstUnchosen(me),
  },
  then(me, { ballot }, act) {
    act.reply({ type: 'HeartbeatReply', ballot, firstUnchosen: firstUnchosen(me) });
  },
});

export const help = rule({
  name: 'help',
  paper: 'Paxos Made Simple §2.3',
  says: 'The leader tells a follower that is behind what is chosen in the next slots.',
  on: 'HeartbeatReply',
  when: {
    'still leads': (me) => me.role === 'leader',
  },
  then(me, { firstUnchosen: first }, act) {
    for (let slot = first; slot < Math.min(firstUnchosen(me), first + slotsPerHelp); slot++) {
      act.reply({ type: 'Chosen', slot, value: me.chosen[slot] ?? noOp });
    }
  },
});
