// Mistakes about roles: doing in one role what only another may do, or keeping what a former role knew.

import type { Partitions, PartitionsState } from '../../chapters/06-partitions/partitions.ts';
import type { Replication } from '../../chapters/04-replication/state.ts';
import type { Voting } from '../../chapters/03-voting/voting.ts';
import * as chapter1 from '../../chapters/01-roles/roles.ts';
import * as chapter3 from '../../chapters/03-voting/voting.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, inserting, replacing } from '../../lib/rules/edit.ts';
import { batching } from './variants/sending.ts';
import type { Batching } from './variants/sending.ts';
import { commitRule, stored } from './parts.ts';

const majorityStores = (me: Readonly<PartitionsState>) => stored(me)[chapter3.majority(me) - 1];

export const roles: readonly Bug[] = [
  {
    name: 'retry-in-same-term',
    chapter: '03-voting',
    wrong: 'A candidate that times out asks again in the same term instead of starting a new one.',
    origin: '§5.2; https://github.com/ktoso/akka-raft/issues/45',
    breaks: 'liveness',
    damages: ['start-election'],
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.startElection, {
        then(me, timeout, act) {
          if (me.role !== 'candidate') me.currentTerm += 1;
          me.role = 'candidate';
          me.votedFor = me.id;
          me.votesGranted = [me.id];
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'leader-starts-election',
    chapter: '03-voting',
    wrong: 'A leader whose old election timer runs out starts an election against itself.',
    origin: 'Fig. 2 Followers 2; https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'cost',
    damages: ['start-election'],
    node: chapter3.voting.without('start-election', 'is not the leader'),
  },
  {
    name: 'healthy-leader-starts-election',
    chapter: '06-partitions',
    wrong: 'A leader that has heard from a majority starts an election at its election timeout.',
    origin: 'Fig. 2 Followers 2; thesis §6.2',
    breaks: 'cost',
    damages: ['start-election'],
    node: chapter6.partitions.without('start-election', 'is not the leader'),
  },
  {
    name: 'follower-counts-votes',
    chapter: '03-voting',
    harmless:
      'a majority has voted for another leader of this term already, so that the count cannot be reached',
    wrong:
      'A late vote still counts for a node that has become a follower, and may make it leader.',
    origin: 'https://github.com/willemt/raft/commit/72e8f24',
    breaks: 'Figure 2',
    damages: ['count-vote', 'become-leader'],
    node: replacing(
      chapter3.voting.without('count-vote', 'is still a candidate'),
      edited<Voting>()(chapter3.becomeLeader, {
        when: { 'is a candidate': (me) => me.role !== 'leader' },
      }),
    ),
  },
  {
    name: 'candidate-gives-up-its-vote',
    chapter: '03-voting',
    wrong: 'A candidate that finds another leader in its term forgets that it has voted.',
    origin: 'Fig. 2 votedFor',
    breaks: 'One vote per term',
    damages: ['follow-leader'],
    node: replacing(
      chapter3.voting,
      refine<Voting>()(chapter1.followLeader, {
        then(me, heartbeat, act) {
          if (me.role === 'candidate') me.votedFor = null;
          me.role = 'follower';
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'stale-leader-id',
    chapter: '04-replication',
    harmless:
      'the paper lets a node name the leader it heard from last (§8); a client that is sent in a circle gets out when the new leader speaks',
    wrong: 'A node goes on naming the leader of an earlier term to its clients.',
    origin: 'thesis §6.2',
    breaks: 'liveness',
    damages: ['adopt-newer-term', 'start-election'],
    node: replacing(
      chapter4.replication,
      chapter3.startElection,
      refine<Replication>()(chapter3.adoptNewerTerm, {
        also(me) {
          me.nextIndex = {};
          me.matchIndex = {};
        },
      }),
    ),
  },
  {
    name: 'acknowledgement-to-a-follower',
    chapter: '06-partitions',
    wrong: 'A node that leads no more still counts acknowledgements, and commits by them.',
    origin: 'https://github.com/willemt/raft/commit/ce87cec',
    breaks: 'State Machine Safety',
    damages: ['count-acknowledgement', 'advance-commit-index'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter6.countAcknowledgement, {
        when: { 'the reply is from the current term': () => true, 'is the leader': () => true },
      }),
      commitRule(majorityStores),
    ),
  },
  {
    name: 'command-stamped-with-new-term',
    chapter: '06-partitions',
    wrong:
      'A command that was accepted by a leader is appended after it stepped down, with the new term.',
    origin:
      'https://github.com/camunda/camunda/issues/5360, https://github.com/hashicorp/raft/issues/695',
    breaks: 'Log Matching',
    damages: ['append-command', 'adopt-newer-term', 'send-heartbeats'],
    node: inserting(
      batching.without('append-waiting').without('forget-waiting'),
      rulesOf<Batching>()({
        name: 'append-waiting',
        paper: '§5.3',
        says: 'Append what is waiting, whoever leads by now.',
        on: 'HeartbeatTimeout',
        then(me) {
          const { waiting, currentTerm: term } = me;
          me.log = me.log.append(waiting.map((command) => ({ term, command })));
          me.waiting = [];
        },
      }),
      { before: 'send-heartbeats' },
    ),
  },
];
