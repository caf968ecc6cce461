// The disk of a node: what is safe on it, what a write changes, and what a crash leaves.

import { Log } from '../log/log.ts';
import type { Effect, LogWrite, NodeState, Role, Saved, Write } from './contract.ts';

export interface Disk {
  /** What a crash leaves. */
  readonly synced: Saved;
  /** The same with what was written lazily since. */
  readonly latest: Saved;
}

type Persist = Extract<Effect, { type: 'persist' }>;

/** The disk of a node that starts in this state: it holds the persistent fields (Fig. 2). */
export function diskOf(state: Partial<NodeState>): Disk {
  const { currentTerm, votedFor, log, snapshot, promised, accepted, slots } = state;
  const saved: Saved = {
    ...(currentTerm !== undefined && { currentTerm }),
    ...(votedFor !== undefined && { votedFor }),
    ...(log && { log: Log.of(log) }),
    ...(promised !== undefined && { promised }),
    ...(accepted !== undefined && { accepted }),
    ...(slots && { slots }),
    ...(snapshot && { snapshot }),
  };
  return { synced: saved, latest: saved };
}

/** The disk after a write. Throws when entries are written beyond the end of the log on it. */
export function afterWrite({ synced, latest }: Disk, { fields, lazily }: Persist): Disk {
  const written = overwritten(latest, fields);
  return { synced: lazily ? synced : written, latest: written };
}

/** The disk after a crash: what was written lazily is lost. */
export const afterCrash = ({ synced, latest }: Disk): Disk =>
  synced === latest ? { synced, latest } : { synced, latest: synced };

/** What is seen of a node that crashed in the middle of a step: what it was, and what it has written. */
export const leftByCrash = (before: NodeState, diskBefore: Disk, { synced }: Disk): NodeState =>
  diskBefore.synced === synced ? before : { ...before, role: startingRole(before), ...synced };

/** The role in which a node starts: of those that choose one value, every one is an acceptor. */
const startingRole = ({ promised, slots }: NodeState): Role =>
  promised !== undefined && slots === undefined ? 'acceptor' : 'follower';

function overwritten(saved: Saved, { log, slots, ...fields }: Write): Saved {
  const after = { ...saved, ...fields };
  return {
    ...after,
    ...(log && { log: overwrittenLog(saved.log ?? Log.empty, log) }),
    ...(slots && { slots: { ...saved.slots, ...slots } }),
  };
}

function overwrittenLog(log: Log, write: LogWrite): Log {
  const { upTo, lastIncludedIndex, lastIncludedTerm = 0, from, entries = [] } = write;
  const cut = upTo === undefined ? log : log.upTo(upTo);
  const rest =
    lastIncludedIndex === undefined ? cut : cut.compactedTo(lastIncludedIndex, lastIncludedTerm);
  if (from === undefined || entries.length === 0) return rest;
  const first = rest.lastIncludedIndex + 1;
  if (from < first || from > rest.lastIndex + 1) {
    const expected = `expected entries to be written at an index from ${first} to ${rest.lastIndex + 1}`;
    throw new Error(`${expected}, since the log on disk ends at ${rest.lastIndex}; found ${from}`);
  }
  const beyond = rest.entriesFrom(from + entries.length);
  return rest
    .upTo(from - 1)
    .append(entries)
    .append(beyond);
}
