// Claims about what happens in Raft as it is. Runs that are recorded already show that it is not so.

import type { RefutedByRuns } from './myth.ts';

export const asRecorded: readonly RefutedByRuns[] = [
  {
    name: 'two-leaders-are-a-bug',
    claim: 'When two nodes lead at once, there is a bug.',
    appeal: 'Election Safety sounds as if there could be only one leader.',
    truth:
      'There is at most one leader in each term. A leader that is cut off goes on leading its old ' +
      'term while a majority elects another in a newer one. The old one can get nothing new stored ' +
      'by a majority. Acknowledgements that were already under way may still count, and what they ' +
      'commit the new leader holds.',
    paper: '§5.2, Fig. 3',
    runs: ['03-voting/old-leader'],
  },
  {
    name: 'each-term-has-a-leader',
    claim: 'Each term has exactly one leader.',
    appeal: 'A term is introduced as the time of one leader.',
    truth:
      'It has at most one. When the votes are split, a term ends without a leader, and the next ' +
      'one begins with a new election.',
    paper: '§5.1, §5.2',
    runs: ['03-voting/split-vote'],
  },
  {
    name: 'clusters-must-be-odd',
    claim: 'The number of nodes must be odd.',
    appeal: 'Nearly all clusters have three or five nodes, so that there can be no tie.',
    truth:
      'Any number works, for a majority is more than half of all nodes: three of four. But a fourth ' +
      'node does not help against failures, because four nodes bear the loss of one, as three do.',
    paper: '§5.2',
    runs: ['03-voting/even-cluster'],
  },
  {
    name: 'stored-entries-stay',
    claim: 'An entry that a node has stored is never deleted.',
    appeal: 'The log is durable, and a leader only appends.',
    truth:
      'Only what is committed is sure to stay. A follower cuts entries that conflict with those of the ' +
      'leader; they were never committed.',
    paper: '§5.3, Fig. 7',
    runs: ['05-conflict-backoff/figure-7', '05-conflict-backoff/conflict-repaired'],
  },
  {
    name: 'pre-vote-is-needed-for-safety',
    claim: 'Without PreVote, Raft is not safe.',
    appeal: 'A node that returns with a huge term deposes a healthy leader, which looks dangerous.',
    truth:
      'PreVote keeps a healthy leader from being deposed. CheckQuorum makes a leader step down that ' +
      'can no longer do its work. Both are about availability. Safety holds without them: in the ' +
      'searches of chapter 6, which has no PreVote, nothing is broken.',
    paper: 'thesis §9.6, §6.2',
    runs: ['06-partitions/minority-returns'],
    searched: true,
  },
  {
    name: 'safety-depends-on-timeouts',
    claim: 'Raft is safe only if heartbeats come faster than election timeouts.',
    appeal: 'With bad timeouts a cluster elects one leader after the other, and that looks broken.',
    truth:
      'Safety does not depend on timing; only progress does. In the searches any timer may run out ' +
      'at any moment, and no safety property is broken.',
    paper: '§2, §5.6',
    runs: [],
    searched: true,
  },
  {
    name: 'leader-reads-are-fresh',
    claim: 'There is one leader at a time, so whatever the leader reads is up to date.',
    appeal:
      'Election Safety is the first property of Figure 3, and every write goes through the leader.',
    truth:
      'There is one leader in a term. A leader that was cut off does not know of a newer one, and ' +
      'would read what that has overwritten. It has to hear from a majority after the read came, or to ' +
      'hold a lease.',
    paper: '§8, thesis §6.4',
    runs: ['09-clients/stale-read', '09-clients/read-waits'],
  },
  {
    name: 'new-leader-reads-at-once',
    claim: 'A new leader has all committed entries, so it may answer reads at once.',
    appeal: 'Leader Completeness says that it has them.',
    truth:
      'It has them, and does not know which of its entries are committed. It has applied only what it ' +
      'heard of as a follower. Once an entry of its own term is committed, it knows.',
    paper: '§8, thesis §6.4',
    runs: ['09-clients/read-too-early', '09-clients/first-commit'],
  },
  {
    name: 'commands-are-executed-exactly-once',
    claim: 'Raft executes every command exactly once.',
    appeal: 'Every entry of the log is applied once, in order, on every node.',
    truth:
      'Every entry is executed once on each node that does not restart. But a client that hears no ' +
      'answer asks again, and its command is in the log twice. Only the state machine can tell: by a ' +
      'session for each client, and a number for each command.',
    paper: '§8, thesis §6.3',
    runs: ['08-persistence/executed-twice', '09-clients/twice-in-the-log'],
  },
  {
    name: 'one-node-at-a-time-is-safe',
    claim: 'As long as only one node is added or removed at a time, nothing can go wrong.',
    appeal:
      'Majorities of the old and of the new members share a node, and one change waits for the other.',
    truth:
      'One leader waits for its own changes. A new one knows nothing of a change that its predecessor has left ' +
      'uncommitted, and the two configurations can differ by two nodes. So a leader first commits an entry of its ' +
      'own term: the correction of 2015.',
    paper: 'thesis §4.1, as corrected in 2015',
    runs: ['11-membership/no-own-entry-first', '11-membership/own-entry-first'],
  },
  {
    name: 'pre-vote-stops-removed-nodes',
    claim: 'With PreVote, a node that was removed cannot disturb the cluster.',
    appeal: 'It could not win an election, and PreVote is there to find that out first.',
    truth:
      'It could win: just after its removal, its log is as good as most others. What stops it is that whoever hears ' +
      'from a leader gives no pre-vote and no vote, and disregards the term of the request.',
    paper: 'thesis §4.2.3',
    runs: ['11-membership/disturbed', '11-membership/undisturbed'],
  },
];
