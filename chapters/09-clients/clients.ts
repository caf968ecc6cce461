// Chapter 9: clients. A command that is sent twice is executed once; and a leader may read without the log once it knows that
// it still leads: from the answers to a round of messages, or from a lease.

import { execute, noOp } from '../../lib/machine/key-value.ts';
import type { ClientCommand, Told } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import { startLeading } from '../04-replication/state.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import type { Clients, ClientsState } from './state.ts';
import {
  confirmedRound,
  noEntry,
  replyTo,
  sendEntries,
  sessionOf,
  startRound,
  whose,
} from './state.ts';

const rule = rulesOf<Clients>();

export const refuseStaleLeader = refine<Clients>()(chapter5.refuseStaleLeader, {
  then(me, append, act) {
    act.reply(replyTo(me, append, false));
  },
});

export const stopReading = rule({
  name: 'stop-reading',
  paper: 'thesis §6.2, §6.4.1',
  says: 'Who leads no more has no lease, and sends waiting readers away.',
  on: 'any event',
  when: {
    'leads no more': (me) => me.role !== 'leader' && me.round > 0,
  },
  then(me, event, act) {
    for (const read of me.waitingReads) act.answer(read.command, false, me.leaderId, whose(read));
    me.waitingReads = [];
    me.round = 0;
    me.roundAnswered = {};
  },
});

export const grantVote = refine<Clients>()(chapter8.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state, thesis §4.2.3, §6.4.1',
  says: 'Vote for the first candidate whose log is at least as up to date, unless a leader is heard.',
  when: {
    'does not hear from a leader': (me) => !me.hearsLeader,
  },
});

export const becomeLeader = refine<Clients>()(chapter8.becomeLeader, {
  then(me, event, act) {
    const entry = { term: me.currentTerm, command: noOp };
    startLeading(me);
    me.heardFrom = [];
    me.log = me.log.append([entry]);
    act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
    startRound(me, act);
    act.restartElectionTimer();
  },
});

export const sendHeartbeats = refine<Clients>()(chapter4.sendHeartbeats, {
  paper: '§5.2, §5.3, Fig. 2 Leaders 1 and 3, thesis §6.4',
  says: 'The leader begins a new round: a heartbeat to all, with the entries not acknowledged.',
  then(me, timeout, act) {
    startRound(me, act);
  },
});

export const answerAgain = rule({
  name: 'answer-again',
  paper: '§8, thesis §6.3',
  says: 'A command that was executed before is answered at once, with its result.',
  on: 'ClientRequest',
  when: {
    'it was executed before': (me, request) => sessionOf(me, request) !== undefined,
  },
  then(me, request, act) {
    const { result = null } = sessionOf(me, request) ?? {};
    act.answer(request.command, true, me.leaderId, { ...whose(request), result });
  },
  last: true,
});

/**
 * For how many heartbeat intervals a round gives the lease, from when it began: less than the
 * shortest election timeout, even when a follower's clock runs almost half as fast again as the leader's.
 */
export const leaseRounds = 2;

/** True while nobody else can have been elected, as long as clocks run about equally fast. */
export const holdsLease = (me: Readonly<ClientsState>): boolean =>
  confirmedRound(me) > 0 && me.round - confirmedRound(me) < leaseRounds;

/** True once commitIndex covers all that was committed before the term of this leader (§5.4.2, §8). */
export const knowsCommitted = (me: Readonly<ClientsState>): boolean =>
  me.log.termAt(me.commitIndex) === me.currentTerm;

export const readByLease = rule({
  name: 'read-by-lease',
  paper: 'thesis §6.4.1',
  says: 'A leader that a majority has answered lately may read at once: nobody else can lead yet.',
  on: 'ClientRequest',
  when: {
    'the read may rely on clocks': (me, request) => request.read === 'lease',
    'the leader holds a lease': (me) => holdsLease(me),
    'an entry of its own term is committed': (me) => knowsCommitted(me),
  },
  then(me, request, act) {
    const { result } = execute(me.machine, request.command);
    act.answer(request.command, true, me.id, { ...whose(request), result });
  },
  last: true,
});

export const readByIndex = rule({
  name: 'read-by-index',
  paper: '§8, thesis §6.4',
  says: 'A read may wait for a round of messages instead of an entry in the log.',
  on: 'ClientRequest',
  when: {
    'the read may do without the log': (me, request) => request.read !== undefined,
    'is the leader': (me) => me.role === 'leader',
    'an entry of its own term is committed': (me) => knowsCommitted(me),
  },
  then(me, request, act) {
    startRound(me, act);
    const { command } = request;
    const read = { command, ...whose(request), readIndex: me.commitIndex, round: me.round };
    me.waitingReads = [...me.waitingReads, read];
  },
  last: true,
});

export const appendCommand = refine<Clients>()(chapter8.appendCommand, {
  says: 'The leader appends a command with its client and number, and sends it; others name the leader.',
  then(me, request, act) {
    const entry = { term: me.currentTerm, command: request.command, ...whose(request) };
    me.log = me.log.append([entry]);
    act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
    for (const peer of me.peers) sendEntries(me, peer, act);
  },
  otherwise(me, request, act) {
    act.answer(request.command, false, me.leaderId, whose(request));
  },
});

export const checkConsistency = refine<Clients>()(chapter5.checkConsistency, {
  then(me, append, act) {
    act.reply(replyTo(me, append, false, chapter5.hintFor(me, append)));
  },
});

export const acknowledge = refine<Clients>()(chapter5.acknowledge, {
  says: 'Tell the leader how far the log is known to be the same, and which round this answers.',
  then(me, append, act) {
    act.reply(replyTo(me, append, true));
  },
});

export const noteRound = rule({
  name: 'note-round',
  paper: 'thesis §6.4',
  says: 'The leader notes the latest round that each follower has answered, with a yes or a no.',
  on: 'AppendEntriesReply',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'it answers a later round than before': (me, reply) =>
      reply.round > (me.roundAnswered[reply.from] ?? 0),
  },
  then(me, reply) {
    me.roundAnswered = { ...me.roundAnswered, [reply.from]: reply.round };
  },
});

export const catchUp = refine<Clients>()(chapter5.catchUp, {
  then(me, reply, act) {
    sendEntries(me, reply.from, act);
  },
});

/**
 * Executes a command of the log, unless its client has had it executed, or a later one. Gives what
 * its client is told; undefined when it is a later one that the client waits for.
 */
export function executeOnce(me: ClientsState, command: ClientCommand): Told | undefined {
  const { client, sequence = 0 } = command;
  const session = client === undefined ? undefined : me.sessions[client];
  if (session && session.sequence > sequence) return undefined;
  if (session?.sequence === sequence) return { ...whose(command), result: session.result };
  const { store, result } = execute(me.machine, command.command);
  me.machine = store;
  if (client !== undefined) me.sessions = { ...me.sessions, [client]: { sequence, result } };
  return { ...whose(command), ...(client !== undefined && { result }) };
}

export const applyCommitted = refine<Clients>()(chapter4.applyCommitted, {
  paper: '§5.3, §8, Fig. 2 All Servers 1, Leaders 2, thesis §6.3',
  says: 'Apply committed entries in order, each command of a client once; the leader answers.',
  then(me, event, act) {
    do {
      me.lastApplied += 1;
      const entry = me.log.entryAt(me.lastApplied) ?? noEntry;
      const told = executeOnce(me, entry);
      act.apply(me.lastApplied, entry.command);
      const waiting =
        me.role === 'leader' && entry.term === me.currentTerm && entry.command !== noOp;
      if (waiting && told) act.answer(entry.command, true, me.id, told);
    } while (me.lastApplied < me.commitIndex);
  },
});

/** True when the oldest read that waits can be answered. */
const mayAnswer = (me: Readonly<ClientsState>): boolean => {
  const [oldest] = me.waitingReads;
  return (
    oldest !== undefined && oldest.round <= confirmedRound(me) && oldest.readIndex <= me.lastApplied
  );
};

export const answerReads = rule({
  name: 'answer-reads',
  paper: 'thesis §6.4',
  says: 'Once a majority has answered a round that began after a read came, the read is answered.',
  on: 'any event',
  when: {
    'a majority has answered since the oldest read came': (me) => mayAnswer(me),
  },
  then(me, event, act) {
    do {
      const [read, ...others] = me.waitingReads;
      me.waitingReads = others;
      if (!read) return;
      const { result } = execute(me.machine, read.command);
      act.answer(read.command, true, me.id, { ...whose(read), result });
    } while (mayAnswer(me));
  },
});

export const clients = nodeFromRules<Clients>({
  init: (id, peers, saved) => ({
    ...chapter8.persistence.init(id, peers, saved),
    // Who starts again may have heard from a leader just before, and its lease may still hold.
    hearsLeader: saved !== undefined,
    sessions: {},
    round: 0,
    roundAnswered: {},
    waitingReads: [],
  }),
  rules: [
    chapter8.adoptNewerTerm,
    refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter7.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    chapter8.startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    stopReading,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    sendHeartbeats,
    answerAgain,
    readByLease,
    readByIndex,
    appendCommand,
    chapter7.followLeader,
    chapter7.loseContact,
    checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    noteRound,
    chapter5.jumpBack,
    catchUp,
    chapter6.advanceCommitIndex,
    applyCommitted,
    answerReads,
  ],
});
