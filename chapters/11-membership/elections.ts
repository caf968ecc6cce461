// Who may stand for election when members change, and whom a voter listens to.

import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import type { Membership } from './state.ts';
import { isMajority, mayLead, stand } from './state.ts';

const rule = rulesOf<Membership>();

export const disregardCandidate = rule({
  name: 'disregard-candidate',
  paper: '§6, thesis §4.2.3',
  says: 'Who leads, or hears from a leader, disregards a candidate of a newer term, and that term.',
  on: 'RequestVote',
  when: {
    'the request has a newer term': (me, request) => request.term > me.currentTerm,
    'leads or hears from a leader': (me) => me.role === 'leader' || me.hearsLeader,
    'the leader did not ask for this election': (me, request) => !request.transfer,
  },
  then() {
    // No answer either: whoever is not needed any more may go on asking.
  },
  last: true,
});

export const startPreVote = refine<Membership>()(chapter7.startPreVote, {
  paper: 'thesis §9.6, §4.2.2',
  says: 'A node that hears from no leader, and may be needed as one, asks whether it would be voted for.',
  when: {
    'has a vote, or may still have one': (me) => mayLead(me),
  },
});

export const startElection = refine<Membership>()(chapter8.startElection, {
  when: {
    'a majority would vote for it': (me) => isMajority(me.configuration, me.preVotesGranted),
  },
  then(me, event, act) {
    stand(me, act, false);
  },
});

export const waitAnew = refine<Membership>()(chapter6.waitAnew, {
  paper: 'thesis §6.2, §4.2.3',
  says: 'After an election timeout a node waits for another, and no longer believes that it hears from a leader.',
  also(me) {
    // Who has no vote does not ask for one, and would go on refusing its own.
    me.hearsLeader = false;
  },
});

export const grantVote = refine<Membership>()(chapter9.grantVote, {
  says: 'Vote for the first candidate whose log is at least as up to date, unless a leader is heard that did not ask for this.',
  when: {
    'does not hear from a leader': (me, request) => !me.hearsLeader || request.transfer,
  },
});
