// Claims about what happens in Raft as it is. Runs that are recorded already show that it is not so.

import type { RefutedByRuns } from './myth.ts';

export const asRecorded: readonly RefutedByRuns[] = [
  {
    name: 'two-leaders-are-a-bug',
    claim: 'When two nodes lead at once, there is a bug.',
    appeal: 'Election Safety sounds as if there could be only one leader.',
    truth:
      'There is at most one leader in each term. A leader that is cut off goes on leading its old ' +
      'term while a majority elects another in a newer one. The old one can commit nothing.',
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
      'Any number works, for a majority is more than half of all nodes: three of four. A fourth ' +
      'node only does not help against failures, because four nodes bear the loss of one, as three do.',
    paper: '§5.2',
    runs: ['03-voting/even-cluster'],
  },
  {
    name: 'stored-entries-stay',
    claim: 'An entry that a node has stored is never deleted.',
    appeal: 'The log is durable, and a leader only appends.',
    truth:
      'Only what is committed stays. A follower cuts entries that conflict with those of the ' +
      'leader; they were never committed.',
    paper: '§5.3, Fig. 7',
    runs: ['05-conflict-backoff/figure-7', '05-conflict-backoff/conflict-repaired'],
  },
  {
    name: 'pre-vote-is-needed-for-safety',
    claim: 'Without PreVote, Raft is not safe.',
    appeal: 'A node that returns with a huge term deposes a healthy leader, which looks dangerous.',
    truth:
      'PreVote and CheckQuorum keep leaders from being deposed without need. That is about ' +
      'availability. Safety holds without them: in the searches of chapter 6, which has no PreVote, ' +
      'nothing is broken.',
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
];
