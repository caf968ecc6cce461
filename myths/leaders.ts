// Claims about who may lead: whose log is good enough, or whose id.

import { inserting, replacing } from '../lib/rules/edit.ts';
import { refine, rulesOf } from '../lib/rules/rule.ts';
import * as chapter3 from '../chapters/03-voting/voting.ts';
import * as chapter4 from '../chapters/04-replication/replication.ts';
import type { Replication, ReplicationState } from '../chapters/04-replication/state.ts';
import { sendEntries, startLeading } from '../chapters/04-replication/state.ts';
import type { RefutedBySearch } from './myth.ts';
import { nowhere } from './myth.ts';

export const voteForLonger = refine<Replication>()(chapter3.grantVote, {
  paper: nowhere,
  says: 'Vote for the first candidate in this term whose log is at least as long as mine.',
  when: {
    "the candidate's log is at least as long": (me, request) =>
      request.lastLogIndex >= me.log.lastIndex,
  },
});

interface Committed {
  state: ReplicationState;
  messages: Omit<Replication['messages'], 'RequestVote'> & {
    RequestVote: Replication['messages']['RequestVote'] & { commitIndex: number };
  };
}

export const tellCommitIndex = refine<Committed>()(chapter3.requestVotes, {
  paper: nowhere,
  says: 'A candidate asks every other node for its vote and tells its commitIndex.',
  then(me, timeout, act) {
    act.broadcast({
      type: 'RequestVote',
      term: me.currentTerm,
      lastLogIndex: me.log.lastIndex,
      lastLogTerm: me.log.lastTerm,
      commitIndex: me.commitIndex,
    });
  },
});

export const voteForCommitted = refine<Committed>()(chapter3.grantVote, {
  paper: nowhere,
  says: 'Vote for the first candidate in this term that knows of as many committed entries as I.',
  when: {
    'the candidate knows of as many committed entries': (me, request) =>
      request.commitIndex >= me.commitIndex,
  },
});

export const tellCurrentTerm = refine<Replication>()(chapter4.requestVotes, {
  paper: nowhere,
  says: 'A candidate asks every other node for its vote and gives its own term as lastLogTerm.',
  then(me, timeout, act) {
    act.broadcast({
      type: 'RequestVote',
      term: me.currentTerm,
      lastLogIndex: me.log.lastIndex,
      lastLogTerm: me.currentTerm,
    });
  },
});

interface Promoted {
  state: ReplicationState & { lostLeader: string | null };
  messages: Replication['messages'];
}

export const noteLostLeader = rulesOf<Promoted>()({
  name: 'note-lost-leader',
  paper: nowhere,
  says: 'A node that hears from its leader no more takes it for failed.',
  on: 'ElectionTimeout',
  when: {
    'is not the leader': (me) => me.role !== 'leader',
  },
  then(me) {
    me.lostLeader = me.leaderId;
  },
});

export const promoteLowest = rulesOf<Promoted>()({
  name: 'become-leader',
  paper: nowhere,
  says: 'Of the nodes that are left, the one with the lowest id is the new leader.',
  on: 'any event',
  when: {
    'is a candidate': (me) => me.role === 'candidate',
    'has the lowest id of those that are left': (me) =>
      me.peers.every((peer) => peer > me.id || peer === me.lostLeader),
  },
  then(me, event, act) {
    startLeading(me);
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
  },
});

export const leaders: readonly RefutedBySearch[] = [
  {
    name: 'longest-log-leads',
    claim: 'Any node with the longest log may lead.',
    appeal: 'The log grows with time, so the longest one seems to be the one that knows most.',
    truth:
      'The last term is compared first. Only between logs that end in the same term does the longer one win. A log may be long because an old leader filled it with what was never committed.',
    paper: '§5.4.1',
    chapter: '04-replication',
    node: replacing(chapter4.replication, voteForLonger),
    bounds: { terms: 3, log: 1 },
    filter: 'dead',
    breaks: 'Leader Completeness',
    notes: {
      5: 'C votes for B in term 2.',
      6: 'A still leads term 1 and takes a command that it sends to nobody in time.',
      7: 'A learns of term 2. It gives B no vote, because the log of B is shorter.',
      8: 'A starts term 3.',
      9: 'B has the vote of C and leads term 2.',
      10: 'B takes another command at index 1.',
      11: 'C stores the entry of term 2.',
      12: 'B commits x=2: it is on B and C.',
      13: "The log of A is as long as that of C. That A's entry is of an older term is not asked, so C votes for A.",
      14: 'A leads term 3. It lacks x=2, which is committed, and has x=1 in its place.',
    },
  },
  {
    name: 'lowest-id-is-promoted',
    claim: 'After a failure, the follower with the lowest id is promoted.',
    appeal:
      'It is simple, everybody comes to the same result, and nobody needs to vote. Some systems with one primary do it like this.',
    truth:
      'Nobody is promoted. A follower that hears from no leader asks for votes, and it leads only if a majority gives them, which it does only if its log is up to date. Ids play no part. Whoever hears nothing cannot know who has failed, nor who is left.',
    paper: '§5.2, §5.4.1',
    chapter: '04-replication',
    node: inserting(
      replacing<Promoted>(
        {
          init: (id, peers) => ({ ...chapter4.replication.init(id, peers), lostLeader: null }),
          rules: chapter4.replication.rules,
        },
        promoteLowest,
      ),
      noteLostLeader,
      { before: 'start-election' },
    ),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      1: 'A has the lowest id, so it leads term 1 at once.',
      2: 'A takes a command.',
      3: "A's first heartbeat reaches B. The entry is still on its way.",
      4: 'B hears nothing more, takes A for failed, and has the lowest id of those that are left. It leads term 2. Nobody has asked what it holds.',
      5: 'C stores x=1, which A has sent. C has not heard of B yet.',
      6: 'C has acknowledged x=1, so A commits it. The leader of term 2 does not have it.',
    },
  },
  {
    name: 'highest-commit-index-wins',
    claim: 'The node with the highest commitIndex wins the election.',
    appeal:
      'Committed entries must not be lost, so it seems enough to elect a node that knows of as many of them as any other.',
    truth:
      'commitIndex says what a node knows, not what it holds. A follower learns that an entry is committed only after the leader has counted; until then it may hold the entry and not know. So voters compare the last entries of the logs, and commitIndex is not even in the request.',
    paper: '§5.4.1',
    chapter: '04-replication',
    node: replacing<Committed>(chapter4.replication, tellCommitIndex, voteForCommitted),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      4: 'B times out as well. It knows of term 1 and asks for votes in term 2. Its log is empty.',
      6: 'C stores x=1 and acknowledges it. It does not know yet whether x=1 is committed.',
      7: 'The commitIndex of both is 0, so C votes for B. C has x=1 and B has not.',
      8: 'B leads term 2 with an empty log.',
      9: 'The acknowledgement of C arrives, and A commits x=1. The leader of term 2 does not have it.',
    },
  },
  {
    name: 'last-log-term-is-current-term',
    claim: 'The lastLogTerm of a RequestVote is the current term of the candidate.',
    appeal:
      'The names are alike, and on a leader that has just taken a command the two numbers are the same.',
    truth:
      'lastLogTerm is the term of the last entry in the log, and 0 for an empty log. currentTerm is the term that the candidate has just started, and always newer. Who sends that one seems more up to date than everybody else.',
    paper: '§5.4.1, Fig. 2 RequestVote',
    chapter: '04-replication',
    node: replacing(chapter4.replication, tellCurrentTerm),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      4: 'B times out as well and asks for votes in term 2. Its log is empty, but it says that its last entry is of term 2.',
      6: 'C stores x=1 of term 1 and acknowledges it.',
      7: 'Term 2 is newer than term 1, so C takes the log of B for more up to date, and votes for B.',
      8: 'B leads term 2 with an empty log.',
      9: 'The acknowledgement of C arrives, and A commits x=1. The leader of term 2 does not have it.',
    },
  },
];
