// Chapter 12: Paxos. The nodes choose one value: a proposer first asks a majority for promises, and adopts
// what it learns from them; then it asks the acceptors to accept.

import { rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import type { Paxos } from './state.ts';
import { majority, startBallot } from './state.ts';

const rule = rulesOf<Paxos>();

export const propose = rule({
  name: 'propose',
  paper: 'Paxos Made Simple §2.2, phase 1a',
  says: 'A proposer whose client wants a value begins a ballot, and asks every acceptor for a promise.',
  on: 'ClientRequest',
  when: {
    'knows of no chosen value': (me) => me.chosen === null,
    'has no value to propose yet': (me) => me.wanted === null,
  },
  then(me, request, act) {
    me.wanted = request.command;
    startBallot(me, act);
  },
});

export const tryAgain = rule({
  name: 'try-again',
  paper: 'Paxos Made Simple §2.4',
  says: 'A proposer that got no answer, or gave up, tries a higher ballot after a random while.',
  on: 'ElectionTimeout',
  when: {
    'has a value to propose': (me) => me.wanted !== null,
    'still knows of no chosen value': (me) => me.chosen === null,
  },
  then(me, timeout, act) {
    startBallot(me, act);
  },
  otherwise(me, timeout, act) {
    act.restartElectionTimer();
  },
});

export const promise = rule({
  name: 'promise',
  paper: 'Paxos Made Simple §2.2, phase 1b, §2.5',
  says: 'Promise to refuse all lower ballots, write it down, and tell what was accepted last.',
  on: 'Prepare',
  when: {
    'has promised no higher ballot': (me, prepare) => prepare.ballot >= me.promised,
  },
  then(me, { ballot }, act) {
    me.role = 'acceptor';
    me.promised = ballot;
    act.persist({ promised: ballot });
    act.restartElectionTimer();
    act.reply({ type: 'Promise', ballot, accepted: me.accepted });
  },
  otherwise(me, { ballot }, act) {
    act.reply({ type: 'Nack', ballot, promised: me.promised });
  },
});

export const countPromise = rule({
  name: 'count-promise',
  paper: 'Paxos Made Simple §2.2, phase 2a',
  says: 'A proposer notes who promised its ballot, and what each had accepted.',
  on: 'Promise',
  when: {
    'the promise is for its latest ballot': (me, reply) => reply.ballot === me.ballot,
    'is still preparing': (me) => me.role === 'preparing',
  },
  then(me, { from, accepted }) {
    me.promises = { ...me.promises, [from]: accepted };
  },
});

export const askToAccept = rule({
  name: 'ask-to-accept',
  paper: 'Paxos Made Simple §2.2, P2c, phase 2a',
  says: 'With promises from a majority, propose the value accepted in the highest ballot; without one, its own.',
  on: 'any event',
  when: {
    'is preparing': (me) => me.role === 'preparing',
    'a majority has promised': (me) => Object.keys(me.promises).length >= majority(me),
  },
  then(me, event, act) {
    const known = Object.values(me.promises).filter((each) => each !== null);
    const [highest] = known.sort((one, other) => other.ballot - one.ballot);
    const value = highest?.value ?? me.wanted ?? '';
    me.role = 'proposing';
    me.proposed = value;
    me.accepted = { ballot: me.ballot, value };
    me.acceptedBy = [me.id];
    act.persist({ accepted: me.accepted });
    act.broadcast({ type: 'Accept', ballot: me.ballot, value });
  },
});

export const accept = rule({
  name: 'accept',
  paper: 'Paxos Made Simple §2.2, P1a, phase 2b, §2.5',
  says: 'Accept a proposal unless a higher ballot was promised; write it down, then tell the proposer.',
  on: 'Accept',
  when: {
    'no higher ballot was promised': (me, request) => request.ballot >= me.promised,
  },
  then(me, { ballot, value }, act) {
    me.role = 'acceptor';
    me.promised = ballot;
    me.accepted = { ballot, value };
    act.persist({ promised: ballot, accepted: me.accepted });
    act.restartElectionTimer();
    act.reply({ type: 'Accepted', ballot });
  },
  otherwise(me, { ballot }, act) {
    act.reply({ type: 'Nack', ballot, promised: me.promised });
  },
});

export const giveUp = rule({
  name: 'give-up',
  paper: 'Paxos Made Simple §2.2',
  says: 'A proposer whose ballot is refused gives it up, and waits before it tries a higher one.',
  on: 'Nack',
  when: {
    'the refusal is about its latest ballot': (me, nack) => nack.ballot === me.ballot,
  },
  then(me, { promised }, act) {
    me.role = 'acceptor';
    me.refusedFor = Math.max(me.refusedFor, promised);
    act.restartElectionTimer();
  },
});

export const countAccepted = rule({
  name: 'count-accepted',
  paper: 'Paxos Made Simple §2.3',
  says: 'The learner beside the proposer notes who accepted the proposal of its latest ballot.',
  on: 'Accepted',
  when: {
    'the acceptance is of its latest ballot': (me, reply) => reply.ballot === me.ballot,
    'nothing is chosen yet, as far as it knows': (me) => me.chosen === null,
    'the acceptor is not counted yet': (me, reply) => !me.acceptedBy.includes(reply.from),
  },
  then(me, reply) {
    me.acceptedBy = [...me.acceptedBy, reply.from].sort();
  },
});

export const choose = rule({
  name: 'choose',
  paper: 'Paxos Made Simple §2.2, §2.3',
  says: 'A value that a majority has accepted in one ballot is chosen; tell every learner.',
  on: 'any event',
  when: {
    'has told nobody yet': (me) => me.chosen === null,
    'a majority has accepted': (me) => me.acceptedBy.length >= majority(me),
  },
  then(me, event, act) {
    const value = me.proposed ?? '';
    me.role = 'acceptor';
    me.chosen = value;
    act.broadcast({ type: 'Chosen', value });
  },
});

export const learn = rule({
  name: 'learn',
  paper: 'Paxos Made Simple §2.3',
  says: 'A learner believes what it is told to be chosen, and proposes nothing any more.',
  on: 'Chosen',
  then(me, { value }) {
    me.role = 'acceptor';
    me.chosen = value;
  },
});

export const paxos = nodeFromRules<Paxos>({
  // What an acceptor has promised and accepted outlives a crash; the rest is learned anew.
  init: (id, peers, saved) => ({
    id,
    peers,
    role: 'acceptor',
    promised: saved?.promised ?? 0,
    accepted: saved?.accepted ?? null,
    wanted: null,
    ballot: 0,
    promises: {},
    proposed: null,
    acceptedBy: [],
    refusedFor: 0,
    chosen: null,
  }),
  rules: [
    propose,
    tryAgain,
    promise,
    countPromise,
    askToAccept,
    accept,
    giveUp,
    countAccepted,
    choose,
    learn,
  ],
});
