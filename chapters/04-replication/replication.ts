// Chapter 4: replication. The leader takes commands into its log and copies the log to the others; what
// a majority stores is taken for committed and applied in order (chapter 6 is stricter).

import type { Entry } from '../../lib/log/log.ts';
import { Log } from '../../lib/log/log.ts';
import { applyCommand, noOp } from '../../lib/machine/key-value.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter1 from '../01-roles/roles.ts';
import * as chapter2 from '../02-terms/terms.ts';
import * as chapter3 from '../03-voting/voting.ts';
import { isUpToDate, majorityIndex } from './comparisons.ts';
import type { Replication } from './state.ts';
import { lastIndexOf, replyTo, sendEntries, startLeading, stopLeading } from './state.ts';

const rule = rulesOf<Replication>();

/** What stands at an index beyond the log; only a mistake would ever apply it. */
const noEntry: Entry = { term: 0, command: '' };

export const adoptNewerTerm = refine<Replication>()(chapter3.adoptNewerTerm, {
  also(me) {
    stopLeading(me);
  },
});

export const refuseStaleLeader = refine<Replication>()(chapter2.refuseStaleLeader, {
  says: 'Entries or a heartbeat from an older term are refused; the reply tells the newer term.',
  then(me, append, act) {
    act.reply(replyTo(me, append, false));
  },
});

export const startElection = refine<Replication>()(chapter3.startElection, {
  also(me) {
    me.leaderId = null;
  },
});

export const requestVotes = refine<Replication>()(chapter3.requestVotes, {
  says: 'A candidate asks every other node for its vote and tells how far its log goes.',
  then(me, timeout, act) {
    act.broadcast({
      type: 'RequestVote',
      term: me.currentTerm,
      lastLogIndex: me.log.lastIndex,
      lastLogTerm: me.log.lastTerm,
    });
  },
});

export const grantVote = refine<Replication>()(chapter3.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2',
  says: 'Vote for the first candidate in this term whose log is at least as up to date as mine.',
  when: {
    "the candidate's log is at least as up to date": (me, request) => isUpToDate(request, me.log),
  },
});

export const becomeLeader = refine<Replication>()(chapter3.becomeLeader, {
  says: 'A candidate with the votes of a majority leads, and does not know yet what any follower stores.',
  paper: '§5.2, §5.3, Fig. 2 Candidates 2, Leaders 1',
  then(me, event, act) {
    startLeading(me);
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
  },
});

export const sendHeartbeats = refine<Replication>()(chapter2.sendHeartbeats, {
  paper: '§5.2, §5.3, Fig. 2 Leaders 1 and 3',
  says: 'The leader repeats its heartbeat, and with it the entries that are not acknowledged.',
  then(me, timeout, act) {
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
  },
});

export const appendCommand = rule({
  name: 'append-command',
  paper: '§5.3, §8, Fig. 2 Leaders 2',
  says: 'The leader appends a command to its log and sends it out; others name the leader.',
  on: 'ClientRequest',
  when: {
    'is the leader': (me) => me.role === 'leader',
  },
  then(me, request, act) {
    me.log = me.log.append([{ term: me.currentTerm, command: request.command }]);
    for (const peer of me.peers) sendEntries(me, peer, act);
  },
  otherwise(me, request, act) {
    act.answer(request.command, false, me.leaderId);
  },
});

export const followLeader = refine<Replication>()(chapter1.followLeader, {
  says: 'A node that hears from the leader of its term follows it and remembers who it is.',
  also(me, append) {
    me.leaderId = append.from;
  },
});

export const checkConsistency = rule({
  name: 'check-consistency',
  paper: '§5.3, Fig. 2 AppendEntries 2',
  says: 'Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex.',
  on: 'AppendEntries',
  when: {
    'the log has no such entry': (me, append) =>
      me.log.termAt(append.prevLogIndex) !== append.prevLogTerm,
  },
  then(me, append, act) {
    act.reply(replyTo(me, append, false));
  },
  last: true,
});

export const refuseConflict = rule({
  name: 'refuse-conflict',
  paper: 'Fig. 2 AppendEntries 3, which says more',
  says: 'Refuse entries that conflict with the log. Chapter 5 does better.',
  on: 'AppendEntries',
  when: {
    'an entry conflicts with the log': (me, append) =>
      me.log.firstConflict(append.prevLogIndex + 1, append.entries) !== undefined,
  },
  then(me, append, act) {
    act.reply(replyTo(me, append, false));
  },
  last: true,
});

export const appendEntries = rule({
  name: 'append-entries',
  paper: '§5.3, Fig. 2 AppendEntries 4',
  says: 'Append the entries that are not in the log yet; cut nothing.',
  on: 'AppendEntries',
  when: {
    'there are entries beyond the end of the log': (me, append) =>
      lastIndexOf(append) > me.log.lastIndex,
  },
  then(me, append) {
    me.log = me.log.upTo(append.prevLogIndex).append(append.entries);
  },
});

export const acknowledge = rule({
  name: 'acknowledge',
  paper: '§5.3',
  says: "Tell the leader up to which index this log is known to be the same as the leader's.",
  on: 'AppendEntries',
  then(me, append, act) {
    act.reply(replyTo(me, append, true));
  },
});

export const learnCommitIndex = rule({
  name: 'learn-commit-index',
  paper: '§5.3, Fig. 2 AppendEntries 5',
  says: "Believe the leader about what is committed, as far as this log is known to match the leader's.",
  on: 'AppendEntries',
  when: {
    'more is committed than this node knew': (me, append) =>
      Math.min(append.leaderCommit, lastIndexOf(append)) > me.commitIndex,
  },
  then(me, append) {
    me.commitIndex = Math.min(append.leaderCommit, lastIndexOf(append));
  },
});

export const countAcknowledgement = rule({
  name: 'count-acknowledgement',
  paper: '§5.3, Fig. 2 Leaders 3',
  says: 'The leader notes how far each follower stores its log.',
  on: 'AppendEntriesReply',
  when: {
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'the entries were accepted': (me, reply) => reply.success,
    'it tells of more than was known': (me, reply) =>
      reply.lastIndex > (me.matchIndex[reply.from] ?? 0),
  },
  then(me, reply) {
    me.matchIndex = { ...me.matchIndex, [reply.from]: reply.lastIndex };
    me.nextIndex = { ...me.nextIndex, [reply.from]: reply.lastIndex + 1 };
  },
});

export const advanceCommitIndex = rule({
  name: 'advance-commit-index',
  paper: '§5.3, Fig. 2 Leaders 4',
  says: 'The leader takes for committed what a majority stores. Chapter 6 is stricter.',
  on: 'any event',
  when: {
    'a majority stores a further entry': (me) => majorityIndex(me) > me.commitIndex,
  },
  then(me) {
    me.commitIndex = majorityIndex(me);
  },
});

export const applyCommitted = rule({
  name: 'apply-committed',
  paper: '§5.3, Fig. 2 All Servers 1, Leaders 2',
  says: 'Apply committed entries in the order of the log; the leader answers its clients.',
  on: 'any event',
  when: {
    'an entry is committed and not applied': (me) => me.lastApplied < me.commitIndex,
  },
  then(me, event, act) {
    do {
      me.lastApplied += 1;
      const { term, command } = me.log.entryAt(me.lastApplied) ?? noEntry;
      me.machine = applyCommand(me.machine, command);
      act.apply(me.lastApplied, command);
      const waiting = me.role === 'leader' && term === me.currentTerm && command !== noOp;
      if (waiting) act.answer(command, true, me.id);
    } while (me.lastApplied < me.commitIndex);
  },
});

export const replication = nodeFromRules<Replication>({
  init: (id, peers) => ({
    ...chapter3.voting.init(id, peers),
    leaderId: null,
    log: Log.empty,
    commitIndex: 0,
    lastApplied: 0,
    machine: {},
    nextIndex: {},
    matchIndex: {},
  }),
  rules: [
    adoptNewerTerm,
    refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    startElection,
    requestVotes,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    sendHeartbeats,
    appendCommand,
    followLeader,
    checkConsistency,
    refuseConflict,
    appendEntries,
    acknowledge,
    learnCommitIndex,
    countAcknowledgement,
    advanceCommitIndex,
    applyCommitted,
  ],
});
