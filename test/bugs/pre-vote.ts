// Mistakes about PreVote: a question that has consequences, or answers that are taken for votes.

import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import { partitions } from '../../chapters/06-partitions/partitions.ts';
import type { PreVote } from '../../chapters/07-prevote/prevote.ts';
import * as chapter7 from '../../chapters/07-prevote/prevote.ts';
import type { Bug } from './bug.ts';
import { edited, inserting, replacing } from '../../lib/rules/edit.ts';

const { preVote: protocol } = chapter7;

export const preVote: readonly Bug[] = [
  {
    name: 'no-pre-vote',
    chapter: '07-prevote',
    wrong: 'A node that returns from isolation deposes the leader with the terms it went through.',
    origin: 'thesis §9.6; https://github.com/hashicorp/raft/issues/411',
    breaks: 'liveness',
    damages: ['start-pre-vote', 'grant-pre-vote', 'count-pre-vote', 'start-election'],
    node: nodeFromRules<PreVote>({ init: protocol.init, rules: partitions.rules }),
  },
  {
    name: 'pre-candidate-starts-a-term',
    chapter: '07-prevote',
    wrong: 'A node that asks for pre-votes has already moved on to the next term.',
    origin: 'thesis §9.6; https://github.com/canonical/raft/commit/c1722d1',
    breaks: 'liveness',
    damages: ['start-pre-vote'],
    node: inserting(
      protocol,
      rulesOf<PreVote>()({
        name: 'start-term-too-soon',
        paper: 'nowhere',
        says: 'A node that hears from no leader starts a new term, and only then asks.',
        on: 'ElectionTimeout',
        when: { 'is not the leader': (me) => me.role !== 'leader' },
        then(me) {
          me.currentTerm += 1;
          me.votedFor = null;
        },
      }),
      { before: 'start-pre-vote' },
    ),
  },
  {
    name: 'pre-votes-taken-for-votes',
    chapter: '07-prevote',
    wrong: 'Who said yes to the question counts as a voter in the election.',
    origin: 'thesis §9.6; https://github.com/camunda/camunda/issues/1068',
    breaks: 'Election Safety',
    damages: ['start-election'],
    node: replacing(
      protocol,
      edited<PreVote>()(chapter7.startElection, {
        then(me, event, act) {
          me.role = 'candidate';
          me.currentTerm += 1;
          me.votedFor = me.id;
          me.votesGranted = me.preVotesGranted;
          me.preVotesGranted = [];
          act.restartElectionTimer();
          act.broadcast({
            type: 'RequestVote',
            term: me.currentTerm,
            lastLogIndex: me.log.lastIndex,
            lastLogTerm: me.log.lastTerm,
          });
        },
      }),
    ),
  },
  {
    name: 'pre-vote-of-an-older-term-lost',
    chapter: '07-prevote',
    harmless: 'a refusal tells the newer term, so that the vote comes one timeout later',
    wrong: 'A yes from a node in an older term is thrown away as stale.',
    origin:
      'https://github.com/etcd-io/etcd/issues/8243, https://github.com/canonical/raft/issues/279',
    breaks: 'liveness',
    damages: ['count-pre-vote'],
    node: replacing(
      protocol,
      refine<PreVote>()(chapter7.countPreVote, {
        when: { 'the voter is in the same term': (me, reply) => reply.term === me.currentTerm },
      }),
    ),
  },
  {
    name: 'pre-vote-despite-a-leader',
    chapter: '07-prevote',
    wrong: 'A node that hears from its leader says yes to a pre-candidate nevertheless.',
    origin: 'thesis §4.2.3, §9.6; https://github.com/cockroachdb/cockroach/issues/104042',
    breaks: 'liveness',
    damages: ['grant-pre-vote'],
    node: protocol.without('grant-pre-vote', 'does not hear from a leader'),
  },
  {
    name: 'pre-vote-restarts-the-timer',
    chapter: '07-prevote',
    wrong: 'Who says yes to the question restarts its election timer, though it has not voted.',
    origin: 'thesis §9.6; https://github.com/canonical/raft/commit/b59843b',
    breaks: 'cost',
    damages: ['grant-pre-vote'],
    node: replacing(
      protocol,
      refine<PreVote>()(chapter7.grantPreVote, {
        also(me, request, act) {
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'stale-pre-vote-counted',
    chapter: '07-prevote',
    harmless:
      'the votes themselves are still counted in their own term; it costs at most a needless election',
    wrong: 'A yes to an earlier question, about an older term, still counts.',
    origin: 'thesis §9.6',
    breaks: 'cost',
    damages: ['count-pre-vote'],
    node: protocol.without('count-pre-vote', 'the reply is about the next term'),
  },
];
