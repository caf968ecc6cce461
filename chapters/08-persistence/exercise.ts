// Chapter 8, Persistence: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 8             replays the chapter's runs each time you save
//   npm run hint -- 8              lists the gaps, and how to get a hint
//   npm run repl -- 8 --exercise   lets you play with your nodes
//   npm run exercises -- 8         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from persistence.ts, the solution.
// You may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { noOp } from '../../lib/machine/key-value.ts';
//   import { sendEntries, startLeading } from '../04-replication/state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import type { PreVote } from '../07-prevote/prevote.ts';
import * as chapter7 from '../07-prevote/prevote.ts';

/** Nothing is added to the state or to the messages: what is new is when they are safe. */
export type Persistence = PreVote;

// A node that sees a newer term adopts it and writes it down, becomes a follower and may vote
// again.
// §5.1, Fig. 2 All Servers 2, Persistent state
// Refines chapter7.adoptNewerTerm, which asks: the message has a newer term. `also` comes after its
// action.
// Hints: npm run hint -- 8 adopt-newer-term
export const adoptNewerTerm = refine<Persistence>()(chapter7.adoptNewerTerm, {
  paper: '§5.1, Fig. 2 All Servers 2, Persistent state',
  says: 'A node that sees a newer term adopts it and writes it down, becomes a follower and may vote again.',
  also(me, message, act) {
    todo('adopt-newer-term');
  },
});

// A pre-candidate that would win starts a term, writes down its own vote, then asks for others.
// thesis §9.6, Fig. 2 Candidates 1, Persistent state
// Refines chapter7.startElection, which asks: a majority would vote for it. `then` replaces its
// action.
// Hints: npm run hint -- 8 start-election
export const startElection = refine<Persistence>()(chapter7.startElection, {
  paper: 'thesis §9.6, Fig. 2 Candidates 1, Persistent state',
  says: 'A pre-candidate that would win starts a term, writes down its own vote, then asks for others.',
  then(me, event, act) {
    todo('start-election');
  },
});

// Vote for the first candidate whose log is at least as up to date; write it down, then tell.
// §5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state
// Refines chapter4.grantVote, which asks: has not voted for another candidate this term; the
// candidate's log is at least as up to date. `then` replaces its action.
// Hints: npm run hint -- 8 grant-vote
export const grantVote = refine<Persistence>()(chapter4.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state',
  says: 'Vote for the first candidate whose log is at least as up to date; write it down, then tell.',
  then(me, request, act) {
    todo('grant-vote');
  },
});

// A candidate with a majority leads, and writes down the first entry of its term before it sends
// it.
// §5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1, Persistent state
// Refines chapter6.becomeLeader, which asks: is a candidate; has votes from a majority. `then`
// replaces its action.
// Hints: npm run hint -- 8 become-leader
export const becomeLeader = refine<Persistence>()(chapter6.becomeLeader, {
  paper: '§5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1, Persistent state',
  says: 'A candidate with a majority leads, and writes down the first entry of its term before it sends it.',
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader appends a command to its log, writes it down and sends it; others name the leader.
// §5.3, §8, Fig. 2 Leaders 2, Persistent state
// Refines chapter4.appendCommand, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 8 append-command
export const appendCommand = refine<Persistence>()(chapter4.appendCommand, {
  paper: '§5.3, §8, Fig. 2 Leaders 2, Persistent state',
  says: 'The leader appends a command to its log, writes it down and sends it; others name the leader.',
  then(me, request, act) {
    todo('append-command');
  },
});

// Cut the log where an entry conflicts with a new one, on disk as well; the rest stays.
// §5.3, Fig. 2 AppendEntries 3, Persistent state
// Refines chapter5.truncateConflict, which asks: an entry conflicts with the log. `also` comes
// after its action.
// Hints: npm run hint -- 8 truncate-conflict
export const truncateConflict = refine<Persistence>()(chapter5.truncateConflict, {
  paper: '§5.3, Fig. 2 AppendEntries 3, Persistent state',
  says: 'Cut the log where an entry conflicts with a new one, on disk as well; the rest stays.',
  also(me, append, act) {
    todo('truncate-conflict');
  },
});

// Append the entries that are not in the log yet, and write them down; cut nothing.
// §5.3, Fig. 2 AppendEntries 4, Persistent state
// Refines chapter4.appendEntries, which asks: there are entries beyond the end of the log. `also`
// comes after its action.
// Hints: npm run hint -- 8 append-entries
export const appendEntries = refine<Persistence>()(chapter4.appendEntries, {
  paper: '§5.3, Fig. 2 AppendEntries 4, Persistent state',
  says: 'Append the entries that are not in the log yet, and write them down; cut nothing.',
  also(me, { prevLogIndex, entries }, act) {
    todo('append-entries');
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
