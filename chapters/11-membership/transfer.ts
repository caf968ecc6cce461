// How a leader hands over to another, and what it does not do meanwhile.

import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { whose } from '../09-clients/state.ts';
import * as chapter10 from '../10-snapshots/snapshots.ts';
import { sendNext } from '../10-snapshots/state.ts';
import type { Membership } from './state.ts';
import { holdsLease, isVoter, mayLead, stand } from './state.ts';

const rule = rulesOf<Membership>();

export const obeyTimeoutNow = rule({
  name: 'obey-timeout-now',
  paper: 'thesis §3.10, §4.2.3',
  says: 'A node stands for election at once when its leader asks it to, and tells the voters why.',
  on: 'TimeoutNow',
  when: {
    'the leader of the current term asks': (me, request) => request.term === me.currentTerm,
    'has a vote, or may still have one': (me) => mayLead(me),
  },
  then(me, request, act) {
    stand(me, act, true);
  },
});

export const abortTransfer = rule({
  name: 'abort-transfer',
  paper: 'thesis §3.10',
  says: 'A leader that still leads when a transfer has taken an election timeout takes commands again.',
  on: 'ElectionTimeout',
  when: {
    'leadership is being transferred': (me) => me.transfer !== null,
  },
  then(me, timeout, act) {
    act.answer(`leader ${me.transfer?.target ?? ''}`, false, me.leaderId);
    me.transfer = null;
  },
});

export const readByLease = refine<Membership>()(chapter9.readByLease, {
  paper: 'thesis §6.4.1, §3.10',
  when: {
    'the leader holds a lease': (me) => holdsLease(me),
    'nobody was told to stand for election': (me) => !me.leaseGivenUp,
  },
});

export const appendCommand = refine<Membership>()(chapter10.appendCommand, {
  paper: '§5.3, §8, Fig. 2 Leaders 2, Persistent state, thesis §3.10',
  when: {
    'leadership is not being transferred': (me) => me.transfer === null,
  },
  otherwise(me, request, act) {
    const leaderId = me.transfer === null ? me.leaderId : null;
    act.answer(request.command, false, leaderId, whose(request));
  },
});

export const transferLeadership = rule({
  name: 'transfer-leadership',
  paper: 'thesis §3.10',
  says: 'A leader that is to hand over takes no more commands, and sends the other what its log lacks.',
  on: 'TransferLeadership',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the other has a vote': (me, { target }) =>
      target !== me.id && isVoter(me.configuration, target),
  },
  then(me, { target }, act) {
    me.transfer = { target, told: false };
    act.restartElectionTimer();
    sendNext(me, target, act);
  },
  otherwise(me, { target }, act) {
    act.answer(`leader ${target}`, false, me.leaderId);
  },
});

export const sendTimeoutNow = rule({
  name: 'send-timeout-now',
  paper: 'thesis §3.10',
  says: 'When the other stores the whole log, tell it to stand for election, and rely on no lease.',
  on: 'any event',
  when: {
    'another shall lead, and was not told yet': (me) => me.transfer?.told === false,
    'the other stores the whole log': (me) =>
      me.matchIndex[me.transfer?.target ?? me.id] === me.log.lastIndex,
  },
  then(me, event, act) {
    if (!me.transfer) return;
    act.send(me.transfer.target, { type: 'TimeoutNow', term: me.currentTerm });
    me.transfer = { ...me.transfer, told: true };
    me.leaseGivenUp = true;
  },
});
