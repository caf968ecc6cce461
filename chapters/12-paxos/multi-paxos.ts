// Chapter 12, second part: Multi-Paxos. A log of slots, each chosen by Paxos. One promise is for all slots, so that
// phase 1 is done once for a leader, and phase 2 once for each command.

import { rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import * as learningSlots from './learning-slots.ts';
import type { MultiPaxos } from './slots.ts';
import {
  askToAccept,
  firstUnchosen,
  follow,
  lastSlot,
  learnBefore,
  proposeIn,
  slotsFrom,
  valueFor,
} from './slots.ts';
import { majority, nextBallot } from './state.ts';

export * from './learning-slots.ts';

const rule = rulesOf<MultiPaxos>();

export const prepareAll = rule({
  name: 'prepare-all',
  paper: 'Paxos Made Simple §3',
  says: 'A node that hears from no leader begins a ballot for all slots of which it knows no value.',
  on: 'ElectionTimeout',
  then(me, timeout, act) {
    me.role = 'candidate';
    me.leaderId = null;
    me.ballot = nextBallot(me, Math.max(me.promised, me.refusedFor));
    me.promised = me.ballot;
    me.promises = { [me.id]: slotsFrom(me.slots, firstUnchosen(me)) };
    me.acceptedBy = {};
    act.persist({ promised: me.promised });
    act.restartElectionTimer();
    act.broadcast({ type: 'Prepare', ballot: me.ballot, firstUnchosen: firstUnchosen(me) });
  },
});

export const promiseAll = rule({
  name: 'promise-all',
  paper: 'Paxos Made Simple §2.2, phase 1b, §3',
  says: 'Promise to refuse lower ballots in every slot, write it down, and tell what was accepted.',
  on: 'Prepare',
  when: {
    'has promised no higher ballot': (me, prepare) => prepare.ballot >= me.promised,
  },
  then(me, { ballot, firstUnchosen: first }, act) {
    follow(me, null, act);
    me.promised = ballot;
    act.persist({ promised: ballot });
    act.reply({ type: 'Promise', ballot, slots: slotsFrom(me.slots, first) });
  },
  otherwise(me, { ballot }, act) {
    act.reply({ type: 'Nack', ballot, promised: me.promised });
  },
});

export const countPromises = rule({
  name: 'count-promises',
  paper: 'Paxos Made Simple §2.2, phase 2a, §3',
  says: 'A candidate notes who promised its ballot, and what each had accepted in every slot.',
  on: 'Promise',
  when: {
    'the promise is for its latest ballot': (me, reply) => reply.ballot === me.ballot,
    'is still a candidate': (me) => me.role === 'candidate',
  },
  then(me, { from, slots }) {
    me.promises = { ...me.promises, [from]: slots };
  },
});

export const takeTheLead = rule({
  name: 'take-the-lead',
  paper: 'Paxos Made Simple §3',
  says: 'With promises from a majority, lead: propose again what was accepted, under the new ballot; fill gaps with no-ops.',
  on: 'any event',
  when: {
    'a majority has promised': (me) => Object.keys(me.promises).length >= majority(me),
  },
  then(me, event, act) {
    me.role = 'leader';
    me.leaderId = me.id;
    const promises = Object.values(me.promises);
    const values: Record<number, string> = {};
    for (let slot = firstUnchosen(me); slot <= lastSlot(...promises); slot++) {
      values[slot] = valueFor(slot, promises);
    }
    me.promises = {};
    act.stopElectionTimer();
    act.restartHeartbeatTimer();
    if (Object.keys(values).length > 0) proposeIn(me, values, act);
    act.broadcast({ type: 'Heartbeat', ballot: me.ballot, firstUnchosen: firstUnchosen(me) });
  },
});

export const proposeNext = rule({
  name: 'propose-next',
  paper: 'Paxos Made Simple §3',
  says: 'The leader proposes a command in the next free slot, in phase 2 at once; others name the leader.',
  on: 'ClientRequest',
  when: {
    'leads the cluster': (me) => me.role === 'leader',
  },
  then(me, { command }, act) {
    proposeIn(me, { [Math.max(lastSlot(me.slots), me.lastApplied) + 1]: command }, act);
  },
  otherwise(me, { command }, act) {
    act.answer(command, false, me.leaderId);
  },
});

export const acceptInSlot = rule({
  name: 'accept-in-slot',
  paper: 'Paxos Made Simple §2.2, phase 2b, §2.5',
  says: 'Accept a proposal in its slot unless a higher ballot was promised; write it down, then tell the leader.',
  on: 'Accept',
  when: {
    'no higher ballot was promised': (me, request) => request.ballot >= me.promised,
  },
  then(me, { from, ballot, slot, value, firstUnchosen: end }, act) {
    follow(me, from, act);
    me.promised = ballot;
    me.slots = { ...me.slots, [slot]: { ballot, value } };
    act.persist({ promised: ballot, slots: { [slot]: { ballot, value } } });
    learnBefore(me, ballot, end);
    act.reply({ type: 'Accepted', ballot, slot });
  },
  otherwise(me, { ballot }, act) {
    act.reply({ type: 'Nack', ballot, promised: me.promised });
  },
});

export const hearLeader = rule({
  name: 'hear-leader',
  paper: 'Paxos Made Simple §2.4, §3',
  says: 'Who hears from the leader of a ballot that it has not refused waits anew, and learns what is chosen.',
  on: 'Heartbeat',
  when: {
    'has not promised a higher ballot': (me, heartbeat) => heartbeat.ballot >= me.promised,
  },
  then(me, { from, ballot, firstUnchosen: end }, act) {
    follow(me, from, act);
    learnBefore(me, ballot, end);
  },
  otherwise(me, { ballot }, act) {
    act.reply({ type: 'Nack', ballot, promised: me.promised });
  },
});

export const giveUpBallot = rule({
  name: 'give-up-ballot',
  paper: 'Paxos Made Simple §2.2',
  says: 'A node whose ballot is refused gives it up, and waits before it tries a higher one.',
  on: 'Nack',
  when: {
    'the refusal is about its latest ballot': (me, nack) => nack.ballot === me.ballot,
  },
  then(me, { promised }, act) {
    follow(me, null, act);
    me.refusedFor = Math.max(me.refusedFor, promised);
  },
});

export const countInSlot = rule({
  name: 'count-in-slot',
  paper: 'Paxos Made Simple §2.3, §3',
  says: 'The leader notes who accepted its proposal in a slot.',
  on: 'Accepted',
  when: {
    'the acceptance is of its latest ballot': (me, reply) => reply.ballot === me.ballot,
    'the slot is not chosen yet': (me, { slot }) => me.acceptedBy[slot] !== undefined,
    'the acceptor is not counted in this slot yet': (me, { slot, from }) =>
      !me.acceptedBy[slot]?.includes(from),
  },
  then(me, { slot, from }) {
    me.acceptedBy = { ...me.acceptedBy, [slot]: [...(me.acceptedBy[slot] ?? []), from].sort() };
  },
});

export const repeatAccepts = rule({
  name: 'repeat-accepts',
  paper: 'Paxos Made Simple §2.4, §3',
  says: 'The leader says that it is there, and asks again where no majority has accepted yet.',
  on: 'HeartbeatTimeout',
  then(me, timeout, act) {
    const open = Object.keys(me.acceptedBy);
    askToAccept(
      me,
      Object.fromEntries(Object.entries(me.slots).filter(([slot]) => open.includes(slot))),
      act,
    );
    act.broadcast({ type: 'Heartbeat', ballot: me.ballot, firstUnchosen: firstUnchosen(me) });
    act.restartHeartbeatTimer();
  },
});

export const multiPaxos = nodeFromRules<MultiPaxos>({
  // What an acceptor has promised and accepted outlives a crash; the rest is learned anew.
  init: (id, peers, saved) => ({
    id,
    peers,
    role: 'follower',
    promised: saved?.promised ?? 0,
    slots: saved?.slots ?? {},
    ballot: 0,
    promises: {},
    acceptedBy: {},
    refusedFor: 0,
    leaderId: null,
    chosen: {},
    lastApplied: 0,
    machine: {},
  }),
  rules: [
    prepareAll,
    promiseAll,
    countPromises,
    takeTheLead,
    proposeNext,
    acceptInSlot,
    hearLeader,
    giveUpBallot,
    countInSlot,
    learningSlots.chooseSlots,
    learningSlots.learnSlot,
    learningSlots.applyChosen,
    learningSlots.tellWhatIsMissing,
    learningSlots.help,
    repeatAccepts,
  ],
});
