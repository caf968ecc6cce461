// Mistakes about votes: giving two, counting wrongly, or giving one to a candidate that lacks entries.

import type { NodeId } from '../../lib/node/contract.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Voting, VotingState } from '../../chapters/03-voting/voting.ts';
import * as chapter2 from '../../chapters/02-terms/terms.ts';
import * as chapter3 from '../../chapters/03-voting/voting.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, inserting, replacing } from '../../lib/rules/edit.ts';

/** Chapter 3, and who answered a candidate at all. */
interface Answered {
  state: VotingState & { answered: readonly NodeId[] };
  messages: Voting['messages'];
}

const noteAnswer = rulesOf<Answered>()({
  name: 'note-answer',
  paper: 'nowhere',
  says: 'A candidate notes who is connected: who answers it.',
  on: 'RequestVoteReply',
  then(me, reply) {
    me.answered = [...new Set([...me.answered, reply.from])].sort();
  },
});

export const voting: readonly Bug[] = [
  {
    name: 'vote-not-stored',
    chapter: '03-voting',
    wrong: 'A vote is given and not remembered, so another candidate of the term gets one too.',
    origin: 'Fig. 2 votedFor; https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'Election Safety',
    damages: ['grant-vote'],
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.grantVote, {
        then(me, request, act) {
          act.restartElectionTimer();
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
        },
      }),
    ),
  },
  {
    name: 'own-vote-not-stored',
    chapter: '03-voting',
    wrong: 'A candidate counts its own vote and does not remember it, so it votes for another too.',
    origin: 'Fig. 2 votedFor; https://github.com/wenweihu86/raft-java/issues/57',
    breaks: 'Election Safety',
    damages: ['start-election'],
    node: replacing(
      chapter3.voting,
      refine<Voting>()(chapter2.startElection, {
        also(me) {
          me.votedFor = null;
          me.votesGranted = [me.id];
        },
      }),
    ),
  },
  {
    name: 'own-vote-not-counted',
    chapter: '03-voting',
    wrong: 'A candidate does not count its own vote, so that it needs one node more.',
    origin: 'https://github.com/ktoso/akka-raft/issues/60',
    breaks: 'liveness',
    damages: ['start-election'],
    node: replacing(
      chapter3.voting,
      refine<Voting>()(chapter2.startElection, {
        also(me) {
          me.votedFor = me.id;
          me.votesGranted = [];
        },
      }),
    ),
  },
  {
    name: 'majority-of-the-connected',
    chapter: '03-voting',
    wrong: 'A candidate wants the votes of a majority of those it can reach, not of all.',
    origin: 'https://github.com/initia-labs/rapid-relayer/pull/38',
    breaks: 'Election Safety',
    damages: ['start-election', 'count-vote', 'become-leader'],
    node: inserting(
      replacing<Answered>(
        {
          init: (id, peers) => ({ ...chapter3.voting.init(id, peers), answered: [] }),
          rules: chapter3.voting.rules,
        },
        refine<Answered>()(chapter3.startElection, {
          also(me) {
            me.answered = [];
          },
        }),
        edited<Answered>()(chapter3.becomeLeader, {
          when: {
            'has votes from a majority': (me) =>
              me.answered.length > 0 && me.votesGranted.length > (me.answered.length + 1) / 2,
          },
        }),
      ),
      noteAnswer,
      { before: 'count-vote' },
    ),
  },
  {
    name: 'vote-counted-twice',
    chapter: '03-voting',
    wrong: 'A vote that the network delivers twice counts as two.',
    origin: '§5.2; Fig. 2 Candidates 2',
    breaks: 'Election Safety',
    damages: ['count-vote'],
    node: chapter3.voting.without('count-vote', 'the voter is not counted yet'),
  },
  {
    name: 'half-elects',
    chapter: '03-voting',
    wrong: 'Half of the nodes elect a leader; with an even number, both halves elect one.',
    origin: '§5.2; thesis §3.4',
    breaks: 'Election Safety',
    damages: ['become-leader'],
    node: replacing(
      chapter3.voting,
      edited<Voting>()(chapter3.becomeLeader, {
        when: {
          'has votes from a majority': (me) => me.votesGranted.length * 2 >= me.peers.length + 1,
        },
      }),
    ),
  },
  {
    name: 'vote-without-comparing-logs',
    chapter: '04-replication',
    wrong: 'A voter does not ask whether the log of the candidate is as up to date as its own.',
    origin: '§5.4.1, Fig. 2 RequestVote 2',
    breaks: 'Leader Completeness',
    damages: ['grant-vote'],
    node: chapter4.replication.without(
      'grant-vote',
      "the candidate's log is at least as up to date",
    ),
  },
  {
    name: 'both-last-term-and-length-compared',
    chapter: '05-conflict-backoff',
    wrong: 'A candidate must have the newer last term and the longer log; a newer term is enough.',
    origin: '§5.4.1; https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'liveness',
    damages: ['grant-vote'],
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter4.grantVote, {
        when: {
          "the candidate's log is at least as up to date": (me, candidate) =>
            candidate.lastLogTerm >= me.log.lastTerm && candidate.lastLogIndex >= me.log.lastIndex,
        },
      }),
    ),
  },
];
