// Claims about when an entry is committed, and who knows.

import { edited, replacing } from '../lib/rules/edit.ts';
import { refine, rulesOf } from '../lib/rules/rule.ts';
import { sendEntries, startLeading } from '../chapters/04-replication/state.ts';
import * as chapter4 from '../chapters/04-replication/replication.ts';
import type { ConflictBackoff } from '../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter5 from '../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions, PartitionsState } from '../chapters/06-partitions/partitions.ts';
import * as chapter6 from '../chapters/06-partitions/partitions.ts';
import { majorityIndex } from '../chapters/04-replication/comparisons.ts';
import type { RefutedBySearch } from './myth.ts';
import { nowhere } from './myth.ts';

interface Alone {
  state: PartitionsState & {
    /** True on a leader that hears from nobody and goes on as if it were the whole cluster. */
    alone: boolean;
  };
  messages: Partitions['messages'];
}

export const goOnAlone = rulesOf<Alone>()({
  name: 'step-down',
  paper: nowhere,
  says: 'A leader that has not heard from a majority for an election timeout goes on alone.',
  on: 'ElectionTimeout',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'has heard from nobody': (me) => me.heardFrom.length === 0,
  },
  then(me) {
    me.alone = true;
  },
});

export const commitAlone = rulesOf<Alone>()({
  name: 'advance-commit-index',
  paper: nowhere,
  says: 'An entry is committed once a majority stores it; in single node mode, the leader is enough.',
  on: 'any event',
  when: {
    'a majority stores a further entry, or the leader is alone': (me) =>
      storedFor(me) > me.commitIndex && me.log.termAt(storedFor(me)) === me.currentTerm,
  },
  then(me) {
    me.commitIndex = storedFor(me);
  },
});

const storedFor = (me: Readonly<Alone['state']>): number =>
  me.role === 'leader' && me.alone ? me.log.lastIndex : majorityIndex(me);

export const commitWhatItHas = rulesOf<ConflictBackoff>()({
  name: 'advance-commit-index',
  paper: nowhere,
  says: 'The leader takes for committed what its side of the network stores: itself, at the least.',
  on: 'any event',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'it stores a further entry': (me) => me.log.lastIndex > me.commitIndex,
  },
  then(me) {
    me.commitIndex = me.log.lastIndex;
  },
});

export const knowWhatIsCommitted = edited<ConflictBackoff>()(chapter4.becomeLeader, {
  paper: nowhere,
  says: 'A new leader holds all committed entries, so what it holds is committed.',
  then(me, event, act) {
    startLeading(me);
    me.commitIndex = me.log.lastIndex;
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
  },
});

export const believeTheLength = edited<ConflictBackoff>()(chapter4.learnCommitIndex, {
  paper: nowhere,
  says: 'Believe the leader about what is committed, as far as the log goes.',
  when: {
    'more is committed than this node knew': (me, append) =>
      Math.min(append.leaderCommit, me.log.lastIndex) > me.commitIndex,
  },
  then(me, append) {
    me.commitIndex = Math.min(append.leaderCommit, me.log.lastIndex);
  },
});

/** A heartbeat as the paper has it: without entries (§5.2). */
export const sendEmptyHeartbeats = edited<ConflictBackoff>()(chapter4.sendHeartbeats, {
  says: 'The leader repeats its heartbeat, which carries no entries.',
  then(me, timeout, act) {
    for (const peer of me.peers) {
      const prevLogIndex = (me.nextIndex[peer] ?? 1) - 1;
      act.send(peer, {
        type: 'AppendEntries',
        term: me.currentTerm,
        prevLogIndex,
        prevLogTerm: me.log.termAt(prevLogIndex) ?? 0,
        entries: [],
        leaderCommit: me.commitIndex,
      });
    }
    act.restartHeartbeatTimer();
  },
});

const withEmptyHeartbeats = replacing<ConflictBackoff>(
  chapter5.conflictBackoff,
  sendEmptyHeartbeats,
);

export const matchIsNextMinusOne = edited<ConflictBackoff>()(chapter4.becomeLeader, {
  paper: nowhere,
  says: 'A candidate with the votes of a majority leads, and takes matchIndex for nextIndex - 1.',
  then(me, event, act) {
    startLeading(me);
    me.matchIndex = Object.fromEntries(me.peers.map((peer) => [peer, me.log.lastIndex]));
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
  },
});

/** The condition that chapter 6 adds (§5.4.2), on the rule of chapter 4. */
const ownTermOnly = refine<ConflictBackoff>()(chapter4.advanceCommitIndex, {
  when: {
    'the entry is of the current term': (me) => me.log.termAt(majorityIndex(me)) === me.currentTerm,
  },
});

export const commits: readonly RefutedBySearch[] = [
  {
    name: 'majority-means-committed',
    claim: 'An entry is committed once a majority stores it, whatever its term.',
    appeal:
      'Nearly every short description of Raft says so. And for an entry of the current term it is right.',
    truth:
      'A leader commits by counting only entries of its own term; older ones are committed along with them. An old entry may be on a majority, and a node whose last entry is of a newer term can still be elected and overwrite it. This is Figure 8 of the paper; here it takes three nodes.',
    written:
      'The commit rule of chapter 5 believes it already. The real rule to compare with has the condition that chapter 6 adds.',
    paper: '§5.4.2, Fig. 8',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, chapter4.advanceCommitIndex),
    instead: replacing<ConflictBackoff>(chapter5.conflictBackoff, ownTermOnly),
    bounds: { terms: 4, log: 1 },
    filter: 'stale',
    breaks: 'Leader Completeness',
    notes: {
      5: 'C votes for B in term 2.',
      6: 'A still leads term 1 and takes x=1.',
      7: 'A learns of term 2.',
      8: 'A starts term 3.',
      9: 'C votes for A in term 3.',
      10: 'B has the vote that C gave in term 2. It leads term 2.',
      11: 'B takes x=2 in term 2.',
      12: 'B learns of term 3.',
      13: 'B starts term 4.',
      14: 'A has the vote of C and leads term 3. Its only entry is of term 1.',
      16: 'C has refused, because it lacks x=1. A sends it.',
      17: 'C stores x=1 of term 1.',
      18: 'The last entry of B is of term 2, that of C of term 1. C votes for B.',
      19: 'B leads term 4.',
      20: 'x=1 is on A and C, a majority, so A commits it. B leads term 4, does not have it, and will overwrite it on C.',
    },
  },
  {
    name: 'single-node-mode',
    claim: 'Without the others, a node goes on alone in a degraded single node mode.',
    appeal:
      'One node that still answers seems better than none. Databases with a standby often go on alone.',
    truth:
      'Without a majority, nothing is committed. A node that hears from nobody cannot tell whether the others have failed or only the network between them; in the second case they elect a leader of their own. With CheckQuorum a leader that hears from no majority steps down.',
    paper: '§2, §5.3; thesis §6.2',
    chapter: '06-partitions',
    node: replacing<Alone>(
      {
        init: (id, peers) => ({ ...chapter6.partitions.init(id, peers), alone: false }),
        rules: chapter6.partitions.rules,
      },
      goOnAlone,
      commitAlone,
    ),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      3: 'A leads term 1 and begins it with an entry.',
      4: 'B has heard nothing of the new leader and starts term 2.',
      5: 'C votes for B.',
      6: 'A has heard from nobody for an election timeout and goes on alone. It commits its entry by itself.',
      7: 'B leads term 2 and lacks the entry. The others had not failed; they had only not been heard.',
    },
  },
  {
    name: 'minority-goes-on-writing',
    claim: 'A minority can go on writing; the writes are merged when the network heals.',
    appeal:
      'Some stores do exactly this: both sides take writes, and conflicts are resolved later.',
    truth:
      'A leader commits an entry of its own term once a majority stores it, and only after that is the client told. A leader in a minority may append what it is asked, but cannot commit it. When the network heals, nothing is merged: what the old leader appended alone is overwritten.',
    paper: '§5.3',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, commitWhatItHas),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      3: 'A leads term 1.',
      4: 'B starts term 2.',
      5: 'C votes for B. B and C are a majority.',
      6: 'A, alone on its side, takes x=1 and commits it.',
      7: 'B leads term 2 without x=1. It will overwrite what A has told its client was done.',
    },
  },
  {
    name: 'new-leader-knows-what-is-committed',
    claim: 'A new leader knows what is committed, because it holds all that is.',
    appeal:
      'Leader Completeness says that a new leader holds all committed entries. So what it holds seems to be what is committed.',
    truth:
      'It holds all that is committed, and perhaps more. Which of its entries are committed it learns only when one of its own term is. That is why a leader begins its term with a no-op, and answers no read before that is committed.',
    paper: '§8',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, knowWhatIsCommitted),
    bounds: { terms: 4, log: 1 },
    filter: 'stale',
    breaks: 'Leader Completeness',
    notes: {
      5: 'A leads term 1 and takes x=1. Nobody else gets it in time.',
      6: 'A learns of term 2.',
      7: 'A starts term 3.',
      8: 'C votes for A in term 3.',
      9: 'C hears no leader and starts term 4.',
      10: 'B votes for C: both logs are empty.',
      11: 'C leads term 4.',
      12: 'The vote that C gave in term 3 arrives. A leads term 3 and takes x=1 for committed. C leads term 4 and has never heard of it.',
    },
  },
  {
    name: 'commit-up-to-the-length-of-the-log',
    claim: 'A follower commits up to the smaller of leaderCommit and the length of its log.',
    appeal:
      'A follower cannot commit what it has not got, so the length of its log seems the right limit. Both read like "the last entry" at first sight.',
    truth:
      "The limit is the index of the last *new* entry: the last one that this message shows to be the same as the leader's. What lies behind that in the follower's log may be left from an old leader, and the leader will cut it.",
    written:
      'The rules are those of chapter 5, but for heartbeats that carry no entries, as the paper has them (§5.2). With those the right limit is safe.',
    paper: 'Fig. 2 AppendEntries 5',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(withEmptyHeartbeats, believeTheLength),
    instead: withEmptyHeartbeats,
    bounds: { terms: 2, log: 1 },
    breaks: 'State Machine Safety',
    notes: {
      5: 'C votes for B in term 2.',
      6: 'A still leads term 1 and takes x=1, alone.',
      7: 'B leads term 2.',
      8: 'B takes x=2 at the same index.',
      10: 'B commits x=2: it is on B and C.',
      11: 'B sends heartbeats. They say that index 1 is committed.',
      12: 'A fits, for a message after index 0 fits every log. It has an entry at index 1 and commits it. But that is x=1.',
    },
  },
  {
    name: 'match-index-is-next-index-minus-one',
    claim: 'matchIndex is nextIndex - 1, so one of them is enough.',
    appeal: 'Once a follower has caught up, it is true. So one of the two seems superfluous.',
    truth:
      'nextIndex is a guess of where to send from: a new leader tries the end of its own log. matchIndex is what is known, and a new leader knows nothing: it starts at 0 and grows only with answers. Only what is known may be counted.',
    paper: 'Fig. 2 State',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, matchIsNextMinusOne),
    bounds: { terms: 4, log: 1 },
    filter: 'stale',
    breaks: 'Leader Completeness',
    notes: {
      5: 'A leads term 1 and takes x=1. Nobody else gets it in time.',
      6: 'A learns of term 2.',
      7: 'A starts term 3.',
      8: 'C votes for A in term 3.',
      9: 'C hears no leader and starts term 4.',
      10: 'B votes for C: both logs are empty.',
      11: 'C leads term 4.',
      12: 'The vote that C gave in term 3 arrives. A leads term 3. Its nextIndex is 2 for everybody, so it believes that all store index 1, and commits it. C leads term 4 and has never heard of x=1.',
    },
  },
];
