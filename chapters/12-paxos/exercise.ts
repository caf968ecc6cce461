// Chapter 12, Paxos beside Raft: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 12             replays the chapter's runs each time you save
//   npm run hint -- 12              lists the gaps, and how to get a hint
//   npm run repl -- 12 --exercise   lets you play with your nodes
//   npm run exercises -- 12         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from paxos.ts, the solution. You may
// also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { majority, startBallot } from './state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import type { Paxos } from './state.ts';

const rule = rulesOf<Paxos>();

// A proposer whose client wants a value begins a ballot, and asks every acceptor for a promise.
// Paxos Made Simple §2.2, phase 1a
// Hints: npm run hint -- 12 propose
export const propose = rule({
  name: 'propose',
  paper: 'Paxos Made Simple §2.2, phase 1a',
  says: 'A proposer whose client wants a value begins a ballot, and asks every acceptor for a promise.',
  on: 'ClientRequest',
  when: {
    'knows of no chosen value': (me) => todo('propose'),
    'has no value to propose yet': (me) => todo('propose'),
  },
  then(me, request, act) {
    todo('propose');
  },
});

// A proposer that got no answer, or gave up, tries a higher ballot after a random while.
// Paxos Made Simple §2.4
// Hints: npm run hint -- 12 try-again
export const tryAgain = rule({
  name: 'try-again',
  paper: 'Paxos Made Simple §2.4',
  says: 'A proposer that got no answer, or gave up, tries a higher ballot after a random while.',
  on: 'ElectionTimeout',
  when: {
    'has a value to propose': (me) => todo('try-again'),
    'still knows of no chosen value': (me) => todo('try-again'),
  },
  then(me, timeout, act) {
    todo('try-again');
  },
  otherwise(me, timeout, act) {
    todo('try-again');
  },
});

// Promise to refuse all lower ballots, write it down, and tell what was accepted last.
// Paxos Made Simple §2.2, phase 1b, §2.5
// Hints: npm run hint -- 12 promise
export const promise = rule({
  name: 'promise',
  paper: 'Paxos Made Simple §2.2, phase 1b, §2.5',
  says: 'Promise to refuse all lower ballots, write it down, and tell what was accepted last.',
  on: 'Prepare',
  when: {
    'has promised no higher ballot': (me, prepare) => todo('promise'),
  },
  then(me, { ballot }, act) {
    todo('promise');
  },
  otherwise(me, { ballot }, act) {
    todo('promise');
  },
});

// A proposer notes who promised its ballot, and what each had accepted.
// Paxos Made Simple §2.2, phase 2a
// Hints: npm run hint -- 12 count-promise
export const countPromise = rule({
  name: 'count-promise',
  paper: 'Paxos Made Simple §2.2, phase 2a',
  says: 'A proposer notes who promised its ballot, and what each had accepted.',
  on: 'Promise',
  when: {
    'the promise is for its latest ballot': (me, reply) => todo('count-promise'),
    'is still preparing': (me) => todo('count-promise'),
  },
  then(me, { from, accepted }) {
    todo('count-promise');
  },
});

// With promises from a majority, propose the value accepted in the highest ballot; without one, its
// own.
// Paxos Made Simple §2.2, P2c, phase 2a
// Hints: npm run hint -- 12 ask-to-accept
export const askToAccept = rule({
  name: 'ask-to-accept',
  paper: 'Paxos Made Simple §2.2, P2c, phase 2a',
  says: 'With promises from a majority, propose the value accepted in the highest ballot; without one, its own.',
  on: 'any event',
  when: {
    'is preparing': (me) => todo('ask-to-accept'),
    'a majority has promised': (me) => todo('ask-to-accept'),
  },
  then(me, event, act) {
    todo('ask-to-accept');
  },
});

// Accept a proposal unless a higher ballot was promised; write it down, then tell the proposer.
// Paxos Made Simple §2.2, P1a, phase 2b, §2.5
// Hints: npm run hint -- 12 accept
export const accept = rule({
  name: 'accept',
  paper: 'Paxos Made Simple §2.2, P1a, phase 2b, §2.5',
  says: 'Accept a proposal unless a higher ballot was promised; write it down, then tell the proposer.',
  on: 'Accept',
  when: {
    'no higher ballot was promised': (me, request) => todo('accept'),
  },
  then(me, { ballot, value }, act) {
    todo('accept');
  },
  otherwise(me, { ballot }, act) {
    todo('accept');
  },
});

// A proposer whose ballot is refused gives it up, and waits before it tries a higher one.
// Paxos Made Simple §2.2
// Hints: npm run hint -- 12 give-up
export const giveUp = rule({
  name: 'give-up',
  paper: 'Paxos Made Simple §2.2',
  says: 'A proposer whose ballot is refused gives it up, and waits before it tries a higher one.',
  on: 'Nack',
  when: {
    'the refusal is about its latest ballot': (me, nack) => todo('give-up'),
  },
  then(me, { promised }, act) {
    todo('give-up');
  },
});

// The learner beside the proposer notes who accepted the proposal of its latest ballot.
// Paxos Made Simple §2.3
// Hints: npm run hint -- 12 count-accepted
export const countAccepted = rule({
  name: 'count-accepted',
  paper: 'Paxos Made Simple §2.3',
  says: 'The learner beside the proposer notes who accepted the proposal of its latest ballot.',
  on: 'Accepted',
  when: {
    'the acceptance is of its latest ballot': (me, reply) => todo('count-accepted'),
    'nothing is chosen yet, as far as it knows': (me) => todo('count-accepted'),
    'the acceptor is not counted yet': (me, reply) => todo('count-accepted'),
  },
  then(me, reply) {
    todo('count-accepted');
  },
});

// A value that a majority has accepted in one ballot is chosen; tell every learner.
// Paxos Made Simple §2.2, §2.3
// Hints: npm run hint -- 12 choose
export const choose = rule({
  name: 'choose',
  paper: 'Paxos Made Simple §2.2, §2.3',
  says: 'A value that a majority has accepted in one ballot is chosen; tell every learner.',
  on: 'any event',
  when: {
    'has told nobody yet': (me) => todo('choose'),
    'a majority has accepted': (me) => todo('choose'),
  },
  then(me, event, act) {
    todo('choose');
  },
});

// A learner believes what it is told to be chosen, and proposes nothing any more.
// Paxos Made Simple §2.3
// Hints: npm run hint -- 12 learn
export const learn = rule({
  name: 'learn',
  paper: 'Paxos Made Simple §2.3',
  says: 'A learner believes what it is told to be chosen, and proposes nothing any more.',
  on: 'Chosen',
  then(me, { value }) {
    todo('learn');
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
