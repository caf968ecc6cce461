// How a change of members comes about: from the request, by way of the log, until it is committed.

import { rulesOf } from '../../lib/rules/rule.ts';
import { stopLeading } from '../04-replication/state.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { sendNext } from '../10-snapshots/state.ts';
import type { Membership } from './state.ts';
import {
  appendConfiguration,
  caughtUp,
  commandOf,
  difference,
  isSettled,
  isVoter,
  latestConfiguration,
  newcomers,
  receivers,
  roundFor,
  tookTooLong,
} from './state.ts';

const rule = rulesOf<Membership>();

export const beginChange = rule({
  name: 'begin-change',
  paper: '§6, thesis §4.1, §4.2.1; the correction of 2015',
  says: 'The leader takes on one change at a time, and begins to send its log to new nodes.',
  on: 'ChangeConfiguration',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'an entry of its own term is committed': (me) => chapter9.knowsCommitted(me),
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me, { voters }, act) {
    const joining = newcomers(me, voters).filter((node) => !me.peers.includes(node));
    me.change = roundFor(me, voters);
    me.peers = receivers(me);
    for (const node of joining) {
      // Who comes back may be down by now: what was known of it does not count.
      me.nextIndex = { ...me.nextIndex, [node]: me.log.lastIndex + 1 };
      me.matchIndex = { ...me.matchIndex, [node]: 0 };
      sendNext(me, node, act);
    }
  },
  otherwise(me, { voters }, act) {
    act.answer(commandOf([voters]), false, me.leaderId);
  },
});

export const beginNextRound = rule({
  name: 'begin-next-round',
  paper: 'thesis §4.2.1',
  says: 'New nodes that took too long for a catch-up round have missed more by now, and get another.',
  on: 'any event',
  when: {
    'the new nodes took too long for their round': (me) => tookTooLong(me),
  },
  then(me) {
    me.change = roundFor(me, me.change?.voters ?? []);
  },
});

export const changeOne = rule({
  name: 'change-one',
  paper: 'thesis §4.1, Fig. 4.1',
  says: 'To add or to remove one node, the new configuration is appended, and that is all.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => caughtUp(me),
    'one node is added or removed': (me) => difference(me).length === 1,
  },
  then(me, event, act) {
    appendConfiguration(me, [me.change?.voters ?? []], act);
    me.change = null;
  },
});

export const enterJoint = rule({
  name: 'enter-joint',
  paper: '§6, thesis §4.3',
  says: 'Any other change goes by way of a joint configuration: the old voters and the new ones.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => caughtUp(me),
  },
  then(me, event, act) {
    appendConfiguration(me, [me.configuration.flat(), me.change?.voters ?? []], act);
    me.change = null;
  },
});

export const leaveJoint = rule({
  name: 'leave-joint',
  paper: '§6, thesis §4.3',
  says: 'Once the joint configuration is committed, the leader appends the new one alone.',
  on: 'any event',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the configuration is joint': (me) => me.configuration.length > 1,
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me, event, act) {
    appendConfiguration(me, me.configuration.slice(-1), act);
  },
});

export const useConfiguration = rule({
  name: 'use-configuration',
  paper: '§6, thesis §4.1',
  says: 'The latest configuration in the log is in force, committed or not; one that is cut is not.',
  on: 'any event',
  when: {
    'the latest configuration is another': (me) =>
      commandOf(latestConfiguration(me).configuration) !== commandOf(me.configuration),
  },
  then(me, event, act) {
    me.configuration = latestConfiguration(me).configuration;
    me.peers = receivers(me);
    if (me.role !== 'leader') return;
    for (const peer of me.peers) sendNext(me, peer, act);
  },
});

export const resign = rule({
  name: 'resign',
  paper: '§6, thesis §4.2.2',
  says: 'A leader without a vote steps down as soon as its removal is committed, and not before.',
  on: 'any event',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'has no vote': (me) => !isVoter(me.configuration, me.id),
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me) {
    me.role = 'follower';
    stopLeading(me);
  },
});
