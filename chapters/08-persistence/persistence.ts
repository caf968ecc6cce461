// Chapter 8: persistence. The term, the vote and the log are on disk before any message leaves that depends
// on them; a node that starts again is what its disk makes of it.

import { noOp } from '../../lib/machine/key-value.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import { sendEntries, startLeading } from '../04-replication/state.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import type { PreVote } from '../07-prevote/prevote.ts';
import * as chapter7 from '../07-prevote/prevote.ts';

/** Nothing is added to the state or to the messages: what is new is when they are safe. */
export type Persistence = PreVote;

export const adoptNewerTerm = refine<Persistence>()(chapter7.adoptNewerTerm, {
  paper: '§5.1, Fig. 2 All Servers 2, Persistent state',
  says: 'A node that sees a newer term adopts it and writes it down, becomes a follower and may vote again.',
  also(me, message, act) {
    act.persist({ currentTerm: me.currentTerm, votedFor: me.votedFor });
  },
});

export const startElection = refine<Persistence>()(chapter7.startElection, {
  paper: 'thesis §9.6, Fig. 2 Candidates 1, Persistent state',
  says: 'A pre-candidate that would win starts a term, writes down its own vote, then asks for others.',
  then(me, event, act) {
    me.role = 'candidate';
    me.currentTerm += 1;
    me.votedFor = me.id;
    me.votesGranted = [me.id];
    me.preVotesGranted = [];
    act.persist({ currentTerm: me.currentTerm, votedFor: me.votedFor });
    act.restartElectionTimer();
    act.broadcast({
      type: 'RequestVote',
      term: me.currentTerm,
      lastLogIndex: me.log.lastIndex,
      lastLogTerm: me.log.lastTerm,
    });
  },
});

export const grantVote = refine<Persistence>()(chapter4.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state',
  says: 'Vote for the first candidate whose log is at least as up to date; write it down, then tell.',
  then(me, request, act) {
    me.votedFor = request.from;
    act.persist({ votedFor: me.votedFor });
    act.restartElectionTimer();
    act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
  },
});

export const becomeLeader = refine<Persistence>()(chapter6.becomeLeader, {
  paper: '§5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1, Persistent state',
  says: 'A candidate with a majority leads, and writes down the first entry of its term before it sends it.',
  then(me, event, act) {
    const entry = { term: me.currentTerm, command: noOp };
    startLeading(me);
    me.heardFrom = [];
    me.log = me.log.append([entry]);
    act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
    act.restartElectionTimer();
  },
});

export const appendCommand = refine<Persistence>()(chapter4.appendCommand, {
  paper: '§5.3, §8, Fig. 2 Leaders 2, Persistent state',
  says: 'The leader appends a command to its log, writes it down and sends it; others name the leader.',
  then(me, request, act) {
    const entry = { term: me.currentTerm, command: request.command };
    me.log = me.log.append([entry]);
    act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
    for (const peer of me.peers) sendEntries(me, peer, act);
  },
});

export const truncateConflict = refine<Persistence>()(chapter5.truncateConflict, {
  paper: '§5.3, Fig. 2 AppendEntries 3, Persistent state',
  says: 'Cut the log where an entry conflicts with a new one, on disk as well; the rest stays.',
  also(me, append, act) {
    act.persist({ log: { upTo: me.log.lastIndex } });
  },
});

export const appendEntries = refine<Persistence>()(chapter4.appendEntries, {
  paper: '§5.3, Fig. 2 AppendEntries 4, Persistent state',
  says: 'Append the entries that are not in the log yet, and write them down; cut nothing.',
  also(me, { prevLogIndex, entries }, act) {
    act.persist({ log: { from: prevLogIndex + 1, entries } });
  },
});

export const persistence = nodeFromRules<Persistence>({
  // The rest of the state is volatile (Fig. 2): a node that starts again learns it anew.
  init: (id, peers, saved) => ({ ...chapter7.preVote.init(id, peers), ...saved }),
  rules: [
    adoptNewerTerm,
    chapter5.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter7.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    chapter4.sendHeartbeats,
    appendCommand,
    chapter7.followLeader,
    chapter7.loseContact,
    chapter5.checkConsistency,
    truncateConflict,
    appendEntries,
    chapter5.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter5.jumpBack,
    chapter5.catchUp,
    chapter6.advanceCommitIndex,
    chapter4.applyCommitted,
  ],
});
