// Variants of when a snapshot is taken, how it is sent, and what is done with it.

import { edited, inserting, replacing } from '../../../lib/rules/edit.ts';
import { rulesOf } from '../../../lib/rules/rule.ts';
import { replyTo, whose } from '../../../chapters/09-clients/state.ts';
import * as chapter10 from '../../../chapters/10-snapshots/snapshots.ts';
import type { Snapshots } from '../../../chapters/10-snapshots/state.ts';
import {
  compactAfter,
  installed,
  isComplete,
  sendNext,
} from '../../../chapters/10-snapshots/state.ts';
import type { Variant } from '../bug.ts';

const { snapshots: protocol } = chapter10;
const chapter = '10-snapshots';

/** Compacts the log when so many entries of it are applied, and keeps so many of the last. */
const compacting = (after: number, trailing: number) =>
  replacing(
    protocol,
    edited<Snapshots>()(chapter10.compactLog, {
      when: {
        'enough entries of the log are applied': (me) =>
          me.lastApplied - me.log.lastIncludedIndex >= after,
      },
      then(me, event, act) {
        const { machine, sessions, lastApplied } = me;
        const lastIncludedTerm = me.log.termAt(lastApplied) ?? 0;
        me.snapshot = { lastIncludedIndex: lastApplied, lastIncludedTerm, machine, sessions };
        const begin = lastApplied - trailing;
        const beginTerm = me.log.termAt(begin) ?? 0;
        me.log = me.log.compactedTo(begin, beginTerm);
        const log = { lastIncludedIndex: begin, lastIncludedTerm: beginTerm };
        act.persist({ snapshot: me.snapshot, log });
      },
    }),
  );

export const snapshots: readonly Variant[] = [
  {
    name: 'compacts-later',
    chapter,
    allowed: 'A log is compacted only when twice as many of its entries are applied.',
    origin: '§7, thesis §5.1.2',
    node: compacting(2 * compactAfter, 0),
  },
  {
    name: 'keeps-the-last-entries',
    chapter,
    allowed:
      'The last two entries that a snapshot covers stay in the log, for followers a little behind.',
    origin: 'thesis §5.1.2; https://pkg.go.dev/github.com/hashicorp/raft, TrailingLogs',
    node: compacting(compactAfter, 2),
  },
  {
    name: 'commands-without-snapshots',
    chapter,
    allowed: 'A command is no reason to send a snapshot: only heartbeats and answers are.',
    origin: '§7',
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.appendCommand, {
        then(me, request, act) {
          const entry = { term: me.currentTerm, command: request.command, ...whose(request) };
          me.log = me.log.append([entry]);
          act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
          for (const peer of me.peers) {
            if ((me.nextIndex[peer] ?? 1) > me.log.lastIncludedIndex) sendNext(me, peer, act);
          }
        },
      }),
    ),
  },
  {
    name: 'covered-by-its-own-log',
    chapter,
    allowed:
      'Who stores the last entry of a snapshot only says so, and applies its own entries as they are committed.',
    origin: 'Fig. 13 InstallSnapshot 6',
    node: inserting(
      protocol,
      rulesOf<Snapshots>()({
        name: 'keep-log',
        paper: 'Fig. 13 InstallSnapshot 6',
        says: 'If the log holds the last entry of the snapshot, nothing is missing.',
        on: 'InstallSnapshot',
        when: {
          'the log holds the last entry of the snapshot': (me, install) =>
            isComplete(me, install) &&
            me.log.termAt(install.lastIncludedIndex) === install.lastIncludedTerm,
        },
        then(me, install, act) {
          me.receiving = null;
          act.reply(installed(me, install));
        },
        last: true,
      }),
      { before: 'discard-log' },
    ),
  },
  {
    name: 'rest-of-the-entries',
    chapter,
    allowed:
      'Of entries that begin before the snapshot, those that come after it are taken at once.',
    origin: '§5.3, §7',
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.skipDiscarded, {
        then(me, append, act) {
          const { lastIncludedIndex } = me.log;
          const rest = append.entries.slice(lastIncludedIndex - append.prevLogIndex);
          const conflict = me.log.firstConflict(lastIncludedIndex + 1, rest);
          if (conflict !== undefined) {
            me.log = me.log.upTo(conflict - 1);
            act.persist({ log: { upTo: me.log.lastIndex } });
          }
          const missing = rest.slice(me.log.lastIndex - lastIncludedIndex);
          if (missing.length > 0) {
            act.persist({ log: { from: me.log.lastIndex + 1, entries: missing } });
            me.log = me.log.append(missing);
          }
          const lastIndex = lastIncludedIndex + rest.length;
          me.commitIndex = Math.max(me.commitIndex, Math.min(append.leaderCommit, lastIndex));
          act.reply({ ...replyTo(me, append, true), lastIndex });
        },
      }),
    ),
  },
];
