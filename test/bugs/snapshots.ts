// Mistakes about snapshots: what is taken, what is installed, what is left of the log.

import { edited, inserting, replacing } from '../../lib/rules/edit.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import * as chapter7 from '../../chapters/07-prevote/prevote.ts';
import * as chapter9 from '../../chapters/09-clients/clients.ts';
import { logBeforeSnapshot } from '../../chapters/10-snapshots/mistakes.ts';
import * as chapter10 from '../../chapters/10-snapshots/snapshots.ts';
import type { Snapshots, SnapshotsState } from '../../chapters/10-snapshots/state.ts';
import { compactAfter, installed, snapshotOf } from '../../chapters/10-snapshots/state.ts';
import { isUpToDate } from '../../chapters/04-replication/comparisons.ts';
import { Log } from '../../lib/log/log.ts';
import type { Bug } from './bug.ts';

const { snapshots: protocol } = chapter10;
const chapter = '10-snapshots';

/** Takes a snapshot that ends where `term` says, with these sessions, and discards what it covers. */
const compactingWith = (
  end: (me: SnapshotsState) => number,
  sessionsOf: (me: SnapshotsState) => SnapshotsState['sessions'],
) =>
  replacing(
    protocol,
    edited<Snapshots>()(chapter10.compactLog, {
      then(me, event, act) {
        const [lastIncludedIndex, lastIncludedTerm] = [me.lastApplied, end(me)];
        me.snapshot = {
          lastIncludedIndex,
          lastIncludedTerm,
          machine: me.machine,
          sessions: sessionsOf(me),
        };
        me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
        act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
      },
    }),
  );

/** Installs a snapshot; `after` changes the node once more, before it writes and answers. */
const installingWith = (after: (me: SnapshotsState, before: SnapshotsState) => void) =>
  replacing(
    protocol,
    edited<Snapshots>()(chapter10.installSnapshot, {
      then(me, install, act) {
        if (!me.receiving) return;
        const before = { ...me };
        const { lastIncludedIndex, lastIncludedTerm } = install;
        me.snapshot = snapshotOf(me.receiving);
        me.machine = me.snapshot.machine;
        me.sessions = me.snapshot.sessions;
        me.commitIndex = lastIncludedIndex;
        me.lastApplied = lastIncludedIndex;
        me.receiving = null;
        me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
        after(me, before);
        const log = { upTo: me.log.lastIndex, lastIncludedIndex, lastIncludedTerm };
        act.persist({ snapshot: me.snapshot, log });
        act.reply(installed(me, install));
      },
    }),
  );

/** A log of which nothing is left is taken for one that never held anything. */
const forgetful = (log: Log): Log => (log.lastIndex === log.lastIncludedIndex ? Log.empty : log);

export const snapshots: readonly Bug[] = [
  {
    name: 'older-snapshot-installed',
    chapter,
    wrong: 'A snapshot is installed although more than that is applied already.',
    origin: '§7; https://github.com/databendlabs/openraft/issues/531',
    breaks: 'commitIndex never decreases',
    damages: ['skip-old-snapshot'],
    node: protocol.without('skip-old-snapshot'),
  },
  {
    name: 'suffix-discarded',
    chapter,
    wrong: 'A snapshot replaces the whole log, also the entries after it that were acknowledged.',
    origin: 'Fig. 13 InstallSnapshot 6; https://github.com/camunda/camunda/issues/6092',
    breaks: 'A snapshot cuts nothing that follows it',
    damages: ['discard-log'],
    node: protocol.without('discard-log', 'the log does not hold the last entry of the snapshot'),
  },
  {
    name: 'conflicting-suffix-kept',
    chapter,
    wrong:
      'What follows the end of a snapshot stays, although the entry at its end is another one.',
    origin: 'Fig. 13 InstallSnapshot 7; https://github.com/hashicorp/raft/issues/697',
    breaks: 'Log Matching',
    damages: ['discard-log'],
    node: protocol.without('discard-log'),
  },
  {
    name: 'installed-and-not-committed',
    chapter,
    wrong: 'An installed snapshot raises neither commitIndex nor lastApplied.',
    origin: 'Fig. 13 InstallSnapshot 8; https://github.com/wenweihu86/raft-java/issues/60',
    breaks: 'What a snapshot covers is applied',
    damages: ['install-snapshot'],
    node: installingWith((me, { commitIndex, lastApplied }) => {
      me.commitIndex = commitIndex;
      me.lastApplied = lastApplied;
    }),
  },
  {
    name: 'applied-after-installing',
    chapter,
    wrong: 'Entries that were to be applied before a snapshot came are applied on top of it.',
    origin: 'https://github.com/databendlabs/openraft, commit eed681d5',
    breaks: 'State Machine Safety',
    damages: ['install-snapshot', 'apply-committed'],
    node: installingWith((me, { lastApplied }) => {
      me.lastApplied = lastApplied;
    }),
  },
  {
    name: 'term-from-the-snapshot',
    chapter,
    wrong: 'A node that installs a snapshot takes over its last term as currentTerm.',
    origin: '§5.1, Fig. 2 currentTerm; https://github.com/nats-io/nats-server/issues/5975',
    breaks: 'Terms never decrease',
    damages: ['install-snapshot'],
    node: installingWith((me) => {
      me.currentTerm = me.log.lastIncludedTerm;
    }),
  },
  {
    name: 'end-of-the-current-term',
    chapter,
    wrong: 'A snapshot is said to end in the current term, whatever the term of its last entry.',
    origin: '§7; https://github.com/deventlab/d-engine/issues/418',
    breaks: 'A snapshot ends where it says',
    damages: ['compact-log'],
    node: compactingWith(
      (me) => me.currentTerm,
      (me) => me.sessions,
    ),
  },
  {
    name: 'snapshot-without-sessions',
    chapter,
    wrong: 'A snapshot holds the keys and values, and not what was executed for whom.',
    origin: '§8, thesis §6.3; https://github.com/logcabin/logcabin, commit 445f383',
    breaks: 'Linearizability',
    damages: ['compact-log'],
    node: compactingWith(
      (me) => me.log.termAt(me.lastApplied) ?? 0,
      () => ({}),
    ),
  },
  {
    name: 'log-gone-before-its-snapshot',
    chapter,
    wrong: 'Entries are discarded in one write, and the snapshot comes in another.',
    origin: 'thesis §5.1; https://github.com/RedisLabs/redisraft/issues/43',
    breaks: 'What a log lacks is in the snapshot',
    damages: ['compact-log'],
    node: logBeforeSnapshot,
  },
  {
    name: 'discarded-beyond-the-snapshot',
    chapter,
    wrong: 'A log is cut more often than a snapshot is taken, so that entries are in neither.',
    origin: 'https://github.com/databendlabs/openraft, commit 1a781e1b',
    breaks: 'What a log lacks is in the snapshot',
    damages: ['compact-log'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.compactLog, {
        then(me, event, act) {
          const lastIncludedIndex = me.lastApplied;
          const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
          const { machine, sessions } = me;
          const isDue =
            lastIncludedIndex - (me.snapshot?.lastIncludedIndex ?? -compactAfter) >=
            2 * compactAfter;
          if (isDue) me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions };
          me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
          act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
        },
      }),
    ),
  },
  {
    name: 'starts-without-its-snapshot',
    chapter,
    wrong: 'A node that starts again takes its log from the disk, and not its snapshot.',
    origin: '§7; https://github.com/sofastack/sofa-jraft/issues/1092',
    breaks: 'What a snapshot covers is applied',
    damages: ['init'],
    node: nodeFromRules<Snapshots>({
      init: (id, peers, saved) => ({
        ...chapter9.clients.init(id, peers, saved),
        snapshot: saved?.snapshot ?? null,
        receiving: null,
        sending: {},
      }),
      rules: protocol.rules,
    }),
  },
  {
    name: 'empty-log-is-old',
    chapter,
    wrong: 'A voter whose log is compacted away compares as if it had never held an entry.',
    origin: '§5.4.1, §7; https://github.com/eBay/NuRaft/issues/668',
    breaks: 'Leader Completeness',
    damages: ['grant-pre-vote', 'grant-vote'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter7.grantPreVote, {
        when: {
          "the candidate's log is at least as up to date": (me, request) =>
            isUpToDate(request, forgetful(me.log)),
        },
      }),
      edited<Snapshots>()(chapter9.grantVote, {
        when: {
          "the candidate's log is at least as up to date": (me, request) =>
            isUpToDate(request, forgetful(me.log)),
        },
      }),
    ),
  },
  {
    name: 'empty-log-stands-back',
    chapter,
    wrong: 'A candidate whose log is compacted away says that it holds nothing.',
    origin: '§5.4.1, §7; https://github.com/eBay/NuRaft/issues/668',
    breaks: 'liveness',
    damages: ['start-pre-vote'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter7.startPreVote, {
        then(me, timeout, act) {
          me.role = 'pre-candidate';
          me.leaderId = null;
          me.hearsLeader = false;
          me.votesGranted = [];
          me.preVotesGranted = [me.id];
          const { lastIndex: lastLogIndex, lastTerm: lastLogTerm } = forgetful(me.log);
          const nextTerm = me.currentTerm + 1;
          act.broadcast({ type: 'PreVote', nextTerm, lastLogIndex, lastLogTerm });
        },
      }),
    ),
  },
  {
    name: 'discarded-entries-conflict',
    chapter,
    wrong: 'Entries that begin before the snapshot are taken for a conflict, and the log is cut.',
    origin: '§7; https://github.com/databendlabs/openraft/issues/511',
    breaks: 'Leader Completeness',
    damages: ['skip-discarded'],
    node: inserting(
      protocol,
      rulesOf<Snapshots>()({
        name: 'cut-before-the-log',
        paper: 'nowhere',
        says: 'Cut the log when entries begin before it.',
        on: 'AppendEntries',
        when: {
          'the entries begin before the log does': (me, append) =>
            append.prevLogIndex < me.log.lastIncludedIndex,
        },
        then(me, append, act) {
          me.log = me.log.upTo(me.log.lastIncludedIndex);
          act.persist({ log: { upTo: me.log.lastIncludedIndex } });
        },
      }),
      { before: 'skip-discarded' },
    ),
  },
  {
    name: 'discarded-entries-refused',
    chapter,
    wrong: 'Entries that begin before the snapshot are refused, as if there was a gap.',
    origin: '§7; https://github.com/scylladb/scylladb/issues/9552',
    breaks: 'liveness',
    damages: ['skip-discarded', 'check-consistency'],
    node: protocol.without('skip-discarded'),
  },
];
