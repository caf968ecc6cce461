// Mistakes about clients: taking a command where one must not, or telling a client what is not so.

import type { Partitions, PartitionsState } from '../../chapters/06-partitions/partitions.ts';
import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { sendEntries } from '../../chapters/04-replication/state.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { applyNext, isAwaited } from './parts.ts';

const { partitions } = chapter6;
const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

/** Applies what is committed and answers nobody. */
const applySilently = edited<Partitions>()(chapter4.applyCommitted, {
  then(me, event, act) {
    while (me.lastApplied < me.commitIndex) applyNext(me, act);
  },
});

/** Chapter 6 with a note, by index, of the commands whose clients wait. */
interface Pending {
  state: PartitionsState & { pending: Readonly<Record<number, string>> };
  messages: Partitions['messages'];
}

/** Chapter 6 with the index up to which clients have their answers. */
interface Answering {
  state: PartitionsState & { answered: number };
  messages: Partitions['messages'];
}

export const clients: readonly Bug[] = [
  {
    name: 'follower-appends-command',
    chapter: '05-conflict-backoff',
    wrong: 'A follower puts a command of a client into its own log.',
    origin: '§5.1, Fig. 2 Leaders 2',
    breaks: 'Log Matching',
    damages: ['append-command'],
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter4.appendCommand, {
        otherwise(me, { command }) {
          me.log = me.log.append([{ term: me.currentTerm, command }]);
        },
      }),
    ),
  },
  {
    name: 'answered-when-appended',
    chapter: '06-partitions',
    wrong: 'A client is told that its command is done when the leader has only appended it.',
    origin: `§8; ${guide}`,
    breaks: 'linearizability',
    damages: ['append-command', 'apply-committed'],
    node: replacing(
      partitions,
      refine<Partitions>()(chapter4.appendCommand, {
        then(me, { command }, act) {
          me.log = me.log.append([{ term: me.currentTerm, command }]);
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.answer(command, true, me.id);
        },
      }),
      applySilently,
    ),
  },
  {
    name: 'answered-by-index',
    chapter: '06-partitions',
    wrong: 'A client is answered when anything is applied at the index of its command.',
    origin: `${guide}, re-appearing indices`,
    breaks: 'linearizability',
    damages: ['append-command', 'apply-committed'],
    node: replacing<Pending>(
      {
        init: (id, peers) => ({ ...partitions.init(id, peers), pending: {} }),
        rules: partitions.rules,
      },
      refine<Pending>()(chapter4.appendCommand, {
        also(me, { command }) {
          me.pending = { ...me.pending, [me.log.lastIndex]: command };
        },
      }),
      edited<Pending>()(chapter4.applyCommitted, {
        then(me, event, act) {
          while (me.lastApplied < me.commitIndex) {
            applyNext(me, act);
            const waiting = me.pending[me.lastApplied];
            if (waiting !== undefined) act.answer(waiting, true, me.id);
          }
        },
      }),
    ),
  },
  {
    name: 'answered-when-one-follower-stores-it',
    chapter: '06-partitions',
    wrong: 'A command counts as done when its entry still has its term, before it is committed.',
    origin: 'https://github.com/redpanda-data/redpanda/issues/3003',
    breaks: 'linearizability',
    damages: ['count-acknowledgement', 'apply-committed'],
    node: replacing<Answering>(
      {
        init: (id, peers) => ({ ...partitions.init(id, peers), answered: 0 }),
        rules: partitions.rules,
      },
      refine<Answering>()(chapter6.countAcknowledgement, {
        also(me, { lastIndex }, act) {
          for (const index of rangeOf(me.answered, lastIndex)) {
            const entry = me.log.entryAt(index);
            if (entry && isAwaited(me, entry)) act.answer(entry.command, true, me.id);
          }
          me.answered = Math.max(me.answered, lastIndex);
        },
      }),
      applySilently,
    ),
  },
  {
    name: 'client-never-answered',
    chapter: '06-partitions',
    wrong: 'A command is applied, and its client is not told.',
    origin: 'Fig. 2 Leaders 2; https://github.com/softwaremill/saft/issues/6',
    breaks: 'liveness',
    damages: ['apply-committed'],
    node: replacing(partitions, applySilently),
  },
];

/** The indexes after the first and up to the last. */
const rangeOf = (after: number, last: number) =>
  Array.from({ length: Math.max(0, last - after) }, (_, offset) => after + 1 + offset);
