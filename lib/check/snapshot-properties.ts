// What a node owes whoever relies on its snapshot: it ends where it says, it holds what its log made of the machine, and
// it never costs an entry that it does not cover.

import type { Entry } from '../log/log.ts';
import type { Log } from '../log/log.ts';
import type { NodeEvent, NodeId, NodeState, Saved } from '../node/contract.ts';
import type { Snapshot } from '../node/snapshot.ts';
import { logOf } from '../node/log-of.ts';
import { canonical } from '../trace/canonical.ts';
import type { Fact, Property } from './property.ts';

export const snapshotCoversLog: Property = {
  name: 'What a log lacks is in the snapshot',
  paper: '§7, Fig. 12',
  says: 'A node discards only what its snapshot covers, in memory and on disk.',
  watch() {
    return ({ step, node, state, diskAfter }) => {
      const places: [string, NodeState | Saved][] = [[node, state]];
      if (diskAfter) places.push([`the disk of ${node}`, diskAfter.synced]);
      for (const [where, held] of places) {
        const { lastIncludedIndex } = logOf(held);
        const covered = held.snapshot?.lastIncludedIndex ?? 0;
        if (lastIncludedIndex <= covered) continue;
        return {
          earlier: { step, says: `on ${where}, the log begins after ${lastIncludedIndex}` },
          later: { step, says: `on ${where}, the snapshot ends at ${covered}` },
        };
      }
      return undefined;
    };
  },
};

export const snapshotIsApplied: Property = {
  name: 'What a snapshot covers is applied',
  paper: '§7, Fig. 2 commitIndex, lastApplied',
  says: 'A node that has a snapshot knows all of it to be committed, and has applied it.',
  watch() {
    return ({ step, node, state, lost }) => {
      const { snapshot, commitIndex = 0, lastApplied = 0 } = state;
      // What is seen of a node that crashed in the middle is what it has written.
      if (!snapshot || lost) return undefined;
      if (Math.min(commitIndex, lastApplied) >= snapshot.lastIncludedIndex) return undefined;
      const says = `${node} has commitIndex ${commitIndex} and lastApplied ${lastApplied}`;
      return { earlier: snapshotFact(step, node, snapshot), later: { step, says } };
    };
  },
};

export const snapshotNeverGoesBack: Property = {
  name: 'A snapshot never goes back',
  paper: '§7, Fig. 13 InstallSnapshot 5',
  says: 'A node never replaces its snapshot by an older one, nor its state machine by an older state.',
  watch() {
    const seen = new Map<NodeId, { fact: Fact; snapshot: Snapshot }>();
    const applied = new Map<NodeId, { step: number; lastApplied: number }>();
    return ({ step, node, state, lost, restarted }) => {
      const { snapshot, lastApplied = 0 } = state;
      const latest = seen.get(node);
      if (snapshot && latest?.snapshot !== snapshot) {
        const fact = snapshotFact(step, node, snapshot);
        seen.set(node, { fact, snapshot });
        if (latest && snapshot.lastIncludedIndex < latest.snapshot.lastIncludedIndex) {
          return { earlier: latest.fact, later: fact };
        }
      }
      const before = applied.get(node);
      applied.set(node, { step, lastApplied });
      if (!before || lost || restarted || lastApplied >= before.lastApplied) return undefined;
      return {
        earlier: { step: before.step, says: `${node} has applied ${before.lastApplied}` },
        later: { step, says: `${node} has applied ${lastApplied}` },
      };
    };
  },
};

export const snapshotEndIsTrue: Property = {
  name: 'A snapshot ends where it says',
  paper: '§7, Fig. 13 lastIncludedIndex, lastIncludedTerm',
  says: 'The last index and term of a snapshot are those of the last entry that it replaces.',
  watch() {
    const logs = new Map<NodeId, { step: number; log: Log }>();
    const ends = new Map<number, { term: number; fact: Fact }>();
    return ({ step, node, state, event }) => {
      const before = logs.get(node);
      logs.set(node, { step, log: logOf(state) });
      const { snapshot } = state;
      if (!snapshot) return undefined;
      const { lastIncludedIndex: index, lastIncludedTerm } = snapshot;
      const known = ends.get(index);
      if (known?.term === lastIncludedTerm) return undefined;
      const fact = snapshotFact(step, node, snapshot);
      if (known) return { earlier: known.fact, later: fact };
      ends.set(index, { term: lastIncludedTerm, fact });
      // A snapshot of the leader may replace an entry of another term, one that was not committed.
      if (!before || event?.type === 'InstallSnapshot') return undefined;
      const term = entryIn(event, index)?.term ?? before.log.termAt(index) ?? lastIncludedTerm;
      if (term === lastIncludedTerm) return undefined;
      const says = `${node} stores an entry of term ${term} at ${index}`;
      return { earlier: { step: before.step, says }, later: fact };
    };
  },
};

/** The entry that an AppendEntries brings for an index. */
function entryIn(event: NodeEvent | undefined, index: number): Partial<Entry> | undefined {
  if (!event || !('entries' in event) || !Array.isArray(event.entries)) return undefined;
  const { prevLogIndex } = { prevLogIndex: 0, ...event };
  const entry: unknown = event.entries[index - prevLogIndex - 1];
  return typeof entry === 'object' && entry !== null ? entry : undefined;
}

export const snapshotIsTrue: Property = {
  name: 'A snapshot is what the log made of the machine',
  paper: '§7, §8, thesis §6.3',
  says: 'Whoever has applied the same entries, one by one or by a snapshot, is in the same state, and knows the same of its clients.',
  watch() {
    const known = new Map<string, { content: string; fact: Fact }>();
    const snapshots = new Map<NodeId, unknown>();
    const machines = new Map<NodeId, unknown>();
    const compare = (key: string, content: string, fact: Fact) => {
      const before = known.get(key);
      if (!before) known.set(key, { content, fact });
      return before && before.content !== content
        ? { earlier: before.fact, later: fact }
        : undefined;
    };
    return ({ step, node, state, lost }) => {
      const { snapshot, lastApplied = 0 } = state;
      if (lost || !('machine' in state) || !('sessions' in state)) return undefined;
      const { machine, sessions } = state;
      if (snapshot && snapshots.get(node) !== snapshot) {
        snapshots.set(node, snapshot);
        const { lastIncludedIndex, lastIncludedTerm } = snapshot;
        const content = canonical([snapshot.machine, snapshot.sessions]);
        const says = `${node} has a snapshot up to ${lastIncludedIndex} with ${content}`;
        const found = compare(`${lastIncludedIndex} ${lastIncludedTerm}`, content, { step, says });
        if (found) return found;
      }
      // What has not changed is compared already.
      if (lastApplied === 0 || machines.get(node) === machine) return undefined;
      machines.set(node, machine);
      const content = canonical([machine, sessions]);
      const says = `${node} has applied ${lastApplied} and holds ${content}`;
      return compare(`${lastApplied} ${logOf(state).termAt(lastApplied)}`, content, { step, says });
    };
  },
};

export const snapshotKeepsWhatFollows: Property = {
  name: 'A snapshot cuts nothing that follows it',
  paper: '§7, Fig. 13 InstallSnapshot 6',
  says: 'A node that stores the last entry of a snapshot keeps the entries after it.',
  watch() {
    const logs = new Map<NodeId, { step: number; log: Log }>();
    return ({ step, node, state, event }) => {
      const before = logs.get(node);
      const log = logOf(state);
      logs.set(node, { step, log });
      if (!before || before.log === log || event?.type !== 'InstallSnapshot') return undefined;
      const { lastIncludedIndex, lastIncludedTerm } = log;
      if (before.log.termAt(lastIncludedIndex) !== lastIncludedTerm) return undefined;
      if (log.lastIndex >= before.log.lastIndex) return undefined;
      return {
        earlier: { step: before.step, says: `the log of ${node} ends at ${before.log.lastIndex}` },
        later: { step, says: `${node} has a snapshot, and its log ends at ${log.lastIndex}` },
      };
    };
  },
};

export const chunkIsSignOfLife: Property = {
  name: 'A chunk is a sign of life',
  paper: '§7, Fig. 13, §5.2',
  says: 'A node that is sent a snapshot by the leader of its term follows it, and waits anew.',
  watch() {
    return ({ step, node, state: { role, currentTerm = 0 }, event, effects = [] }) => {
      if (event?.type !== 'InstallSnapshot' || !('term' in event)) return undefined;
      if (event.term !== currentTerm) return undefined;
      const waits = effects.some(
        (effect) => effect.type === 'restartTimer' && effect.timer === 'election',
      );
      if (waits && role === 'follower') return undefined;
      const says = waits ? `${node} is ${role}` : `${node} does not restart its election timer`;
      return {
        earlier: { step, says: `${node} receives InstallSnapshot of its own term ${currentTerm}` },
        later: { step, says },
      };
    };
  },
};

const snapshotFact = (
  step: number,
  node: NodeId,
  { lastIncludedIndex, lastIncludedTerm }: Snapshot,
): Fact => ({
  step,
  says: `${node} has a snapshot up to ${lastIncludedIndex} of term ${lastIncludedTerm}`,
});
