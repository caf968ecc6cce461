// Mistakes about the disk: what is not written, written too late, in the wrong order, or trusted too far.

import { refine, rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { noOp } from '../../lib/machine/key-value.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import { lastIndexOf, sendEntries, startLeading } from '../../chapters/04-replication/state.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter7 from '../../chapters/07-prevote/prevote.ts';
import { replyBeforeWrite } from '../../chapters/08-persistence/mistakes.ts';
import type { Persistence } from '../../chapters/08-persistence/persistence.ts';
import * as chapter8 from '../../chapters/08-persistence/persistence.ts';
import type { Bug } from './bug.ts';
import { edited, inserting, replacing } from '../../lib/rules/edit.ts';

const { persistence: protocol } = chapter8;
const chapter = '08-persistence';

export const persistence: readonly Bug[] = [
  {
    name: 'vote-not-written',
    chapter,
    wrong: 'The term is written to disk, and votedFor is not.',
    origin: 'Fig. 2 votedFor; https://github.com/NodeDB-Lab/nodedb/issues/161',
    breaks: 'Election Safety',
    damages: ['grant-vote'],
    node: replacing(protocol, chapter4.grantVote),
  },
  {
    name: 'candidacy-not-written',
    chapter,
    wrong: 'A candidate starts a term and votes for itself in its memory only.',
    origin: 'Fig. 2 Candidates 1; https://github.com/wenweihu86/raft-java/issues/57',
    breaks: 'One vote per term',
    damages: ['start-election'],
    node: replacing(protocol, chapter7.startElection),
  },
  {
    name: 'newer-term-not-written',
    chapter,
    wrong: 'A node that adopts a newer term does not write it to disk.',
    origin: 'Fig. 2 currentTerm; https://github.com/eliben/raft',
    breaks: 'Election Safety',
    damages: ['adopt-newer-term'],
    node: replacing(protocol, chapter7.adoptNewerTerm),
  },
  {
    name: 'truncation-not-written',
    chapter,
    wrong: 'Entries are cut in memory only, and come back after a crash.',
    origin: 'Fig. 2 AppendEntries 3; https://github.com/nats-io/nats-server/issues/5957',
    breaks: 'Log Matching',
    damages: ['truncate-conflict'],
    node: replacing(protocol, chapter5.truncateConflict),
  },
  {
    name: 'written-before-truncated',
    chapter,
    wrong: 'New entries are written first, and what conflicts is cut from the disk afterwards.',
    origin: 'Fig. 2 AppendEntries 3 and 4',
    breaks: 'Log Matching',
    damages: ['truncate-conflict', 'append-entries'],
    node: replacing(
      protocol,
      chapter5.truncateConflict,
      refine<Persistence>()(chapter8.appendEntries, {
        also(me, append, act) {
          act.persist({ log: { upTo: me.log.lastIndex } });
        },
      }),
    ),
  },
  {
    name: 'entries-not-written',
    chapter,
    wrong: 'A follower acknowledges entries and never writes them.',
    origin: 'Fig. 2 log; https://github.com/nats-io/nats-server/issues/7556',
    breaks: 'Leader Completeness',
    damages: ['append-entries'],
    node: replacing(protocol, chapter4.appendEntries),
  },
  {
    name: 'synced-later',
    chapter,
    wrong: 'Entries are written without waiting for the disk, and count as stored at once.',
    origin: 'https://github.com/nats-io/nats-server/issues/7567',
    breaks: 'Leader Completeness',
    damages: ['become-leader', 'append-command', 'append-entries'],
    node: replacing(
      protocol,
      edited<Persistence>()(chapter8.becomeLeader, {
        then(me, event, act) {
          const entry = { term: me.currentTerm, command: noOp };
          startLeading(me);
          me.heardFrom = [];
          me.log = me.log.append([entry]);
          act.persistLazily({ log: { from: me.log.lastIndex, entries: [entry] } });
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
          act.restartElectionTimer();
        },
      }),
      edited<Persistence>()(chapter8.appendCommand, {
        then(me, { command }, act) {
          const entry = { term: me.currentTerm, command };
          me.log = me.log.append([entry]);
          act.persistLazily({ log: { from: me.log.lastIndex, entries: [entry] } });
          for (const peer of me.peers) sendEntries(me, peer, act);
        },
      }),
      edited<Persistence>()(chapter8.appendEntries, {
        then(me, { prevLogIndex, entries }, act) {
          me.log = me.log.upTo(prevLogIndex).append(entries);
          act.persistLazily({ log: { from: prevLogIndex + 1, entries } });
        },
      }),
    ),
  },
  {
    name: 'acknowledged-before-written',
    chapter,
    wrong: 'A follower acknowledges entries and writes them afterwards.',
    origin: '§5.3, Fig. 2 Persistent state; https://github.com/nats-io/nats-server/issues/7587',
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict', 'append-entries', 'acknowledge'],
    node: replyBeforeWrite,
  },
  {
    name: 'vote-said-before-written',
    chapter,
    wrong: 'A voter answers, and writes its vote afterwards.',
    origin: 'Fig. 2 Persistent state',
    breaks: 'Election Safety',
    damages: ['grant-vote'],
    node: replacing(
      protocol,
      edited<Persistence>()(chapter8.grantVote, {
        then(me, request, act) {
          me.votedFor = request.from;
          act.restartElectionTimer();
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: true });
          act.persist({ votedFor: me.votedFor });
        },
      }),
    ),
  },
  {
    name: 'starts-with-an-empty-disk',
    chapter,
    wrong: 'A node that lost its disk takes part again under its old name as if it were new.',
    origin: 'thesis §3.8; https://github.com/nats-io/nats-server/issues/7587',
    breaks: 'A node starts again from its disk',
    damages: ['init'],
    node: nodeFromRules<Persistence>({
      init: (id, peers) => protocol.init(id, peers),
      rules: protocol.rules,
    }),
  },
  {
    name: 'starts-as-leader',
    chapter,
    wrong: 'That it leads is written to disk, and so a node leads again after a crash.',
    origin: '§5.2; https://github.com/databendlabs/openraft',
    breaks: 'A node starts again from its disk',
    damages: ['become-leader'],
    node: replacing(
      protocol,
      refine<Persistence>()(chapter8.becomeLeader, {
        also(me, event, act) {
          act.persist({ role: me.role });
        },
      }),
    ),
  },
  {
    name: 'commit-index-ahead-of-the-disk',
    chapter,
    wrong: 'commitIndex is written before the entries that it counts, and trusted after a crash.',
    origin: 'https://github.com/cockroachdb/cockroach/issues/122690',
    breaks: 'commitIndex never decreases',
    damages: ['append-entries', 'learn-commit-index'],
    node: inserting(
      protocol,
      rulesOf<Persistence>()({
        name: 'write-commit-index-too-soon',
        paper: 'nowhere',
        says: 'Write how much is committed as soon as the leader says so.',
        on: 'AppendEntries',
        when: {
          'more is committed than this node knew': (me, append) =>
            Math.min(append.leaderCommit, lastIndexOf(append)) > me.commitIndex,
        },
        then(me, append, act) {
          act.persist({ commitIndex: Math.min(append.leaderCommit, lastIndexOf(append)) });
        },
      }),
      { before: 'append-entries' },
    ),
  },
  {
    name: 'applied-without-its-machine',
    chapter,
    wrong: 'lastApplied is written to disk, and the state machine is not.',
    origin: 'thesis §3.8, and its errata',
    breaks: 'State machines agree',
    damages: ['apply-committed'],
    node: replacing(
      protocol,
      refine<Persistence>()(chapter4.applyCommitted, {
        also(me, event, act) {
          act.persist({ commitIndex: me.commitIndex, lastApplied: me.lastApplied });
        },
      }),
    ),
  },
];
