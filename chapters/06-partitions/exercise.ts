// Chapter 6, Partitions: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 6             replays the chapter's runs each time you save
//   npm run hint -- 6              lists the gaps, and how to get a hint
//   npm run repl -- 6 --exercise   lets you play with your nodes
//   npm run exercises -- 6         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from partitions.ts, the solution. You
// may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { noOp } from '../../lib/machine/key-value.ts';
//   import { majorityIndex } from '../04-replication/comparisons.ts';
//   import { sendEntries, startLeading, stopLeading } from '../04-replication/state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import type { ReplicationState } from '../04-replication/state.ts';
import type { ConflictBackoff } from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';

export interface PartitionsState extends ReplicationState {
  /** On a leader: the followers that answered since its last check, in alphabetical order. */
  heardFrom: readonly NodeId[];
}

export interface Partitions {
  state: PartitionsState;
  messages: ConflictBackoff['messages'];
}

const rule = rulesOf<Partitions>();

// A node that sees a newer term adopts it, becomes a follower and may vote again.
// §5.1, Fig. 2 All Servers 2
// Refines chapter4.adoptNewerTerm, which asks: the message has a newer term. `also` comes after its
// action.
// Hints: npm run hint -- 6 adopt-newer-term
export const adoptNewerTerm = refine<Partitions>()(chapter4.adoptNewerTerm, {
  also(me) {
    todo('adopt-newer-term');
  },
});

// A candidate with the votes of a majority leads, and begins its term with an entry of its own.
// §5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1
// Refines chapter4.becomeLeader, which asks: is a candidate; has votes from a majority. `then`
// replaces its action.
// Hints: npm run hint -- 6 become-leader
export const becomeLeader = refine<Partitions>()(chapter4.becomeLeader, {
  says: 'A candidate with the votes of a majority leads, and begins its term with an entry of its own.',
  paper: '§5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1',
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader notes how far each follower stores its log.
// §5.3, Fig. 2 Leaders 3
// Refines chapter4.countAcknowledgement, which asks: the reply is from the current term; the
// entries were accepted; it tells of more than was known. Its action stays.
// Hints: npm run hint -- 6 count-acknowledgement
export const countAcknowledgement = refine<Partitions>()(chapter4.countAcknowledgement, {
  when: {
    'is the leader': (me) => todo('count-acknowledgement'),
  },
});

// An entry of the current term is committed once a majority stores it, and all before it.
// §5.3, §5.4.2, Fig. 2 Leaders 4
// Hints: npm run hint -- 6 advance-commit-index
export const advanceCommitIndex = rule({
  name: 'advance-commit-index',
  paper: '§5.3, §5.4.2, Fig. 2 Leaders 4',
  says: 'An entry of the current term is committed once a majority stores it, and all before it.',
  replaces: chapter4.advanceCommitIndex,
  on: 'any event',
  when: {
    'a majority stores a further entry of the current term': (me) => todo('advance-commit-index'),
  },
  then(me) {
    todo('advance-commit-index');
  },
});

// The leader notes which followers answer.
// thesis §6.2
// Hints: npm run hint -- 6 note-contact
export const noteContact = rule({
  name: 'note-contact',
  paper: 'thesis §6.2',
  says: 'The leader notes which followers answer.',
  on: 'AppendEntriesReply',
  when: {
    'is the leader': (me) => todo('note-contact'),
    'the reply is from the current term': (me, reply) => todo('note-contact'),
    'the follower is not noted yet': (me, reply) => todo('note-contact'),
  },
  then(me, reply) {
    todo('note-contact');
  },
});

// A leader that has not heard from a majority for an election timeout becomes a follower.
// thesis §6.2
// Hints: npm run hint -- 6 step-down
export const stepDown = rule({
  name: 'step-down',
  paper: 'thesis §6.2',
  says: 'A leader that has not heard from a majority for an election timeout becomes a follower.',
  on: 'ElectionTimeout',
  when: {
    'is the leader': (me) => todo('step-down'),
    'has not heard from a majority': (me) => todo('step-down'),
  },
  then(me) {
    todo('step-down');
  },
});

// After an election timeout everybody waits for another; a leader waits for new answers.
// thesis §6.2
// Hints: npm run hint -- 6 wait-anew
export const waitAnew = rule({
  name: 'wait-anew',
  paper: 'thesis §6.2',
  says: 'After an election timeout everybody waits for another; a leader waits for new answers.',
  on: 'ElectionTimeout',
  then(me, timeout, act) {
    todo('wait-anew');
  },
});

export const partitions = nodeFromRules<Partitions>({
  init: (id, peers) => ({ ...chapter4.replication.init(id, peers), heardFrom: [] }),
  rules: [
    adoptNewerTerm,
    chapter5.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter4.startElection,
    chapter4.requestVotes,
    stepDown,
    waitAnew,
    chapter4.grantVote,
    chapter3.countVote,
    becomeLeader,
    chapter4.sendHeartbeats,
    chapter4.appendCommand,
    chapter4.followLeader,
    chapter5.checkConsistency,
    chapter5.truncateConflict,
    chapter4.appendEntries,
    chapter5.acknowledge,
    chapter4.learnCommitIndex,
    noteContact,
    countAcknowledgement,
    chapter5.jumpBack,
    chapter5.catchUp,
    advanceCommitIndex,
    chapter4.applyCommitted,
  ],
});
