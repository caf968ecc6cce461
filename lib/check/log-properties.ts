// The safety properties of the log (Fig. 3), judged against everything that was ever stored,
// committed or applied. Each looks only at what a step changed, so its cost does not grow with the log.

import type { Entry } from '../log/log.ts';
import { Log } from '../log/log.ts';
import type { Effect } from '../node/contract.ts';
import { logOf } from '../node/log-of.ts';
import type { Contradiction, Fact, Property } from './property.ts';

/** The log of a node, whose own code may keep it as a plain list; a node without one has none. */
const sayEntry = ({ term, command }: AppliedEntry) =>
  term === undefined ? command : `${command} of term ${term}`;

const contradiction = (earlier: Fact, later: Fact): Contradiction => ({ earlier, later });

export const leaderAppendOnly: Property = {
  name: 'Leader Append-Only',
  paper: '§5.3, Fig. 3',
  says: 'A leader never overwrites or deletes entries in its log; it only appends.',
  watch() {
    const leaders = new Map<string, { step: number; term: number; log: Log }>();
    return ({ step, node, state }) => {
      const { role, currentTerm: term = 0 } = state;
      const before = leaders.get(node);
      if (role !== 'leader') {
        leaders.delete(node);
        return undefined;
      }
      const log = logOf(state);
      if (before?.log === log) return undefined;
      leaders.set(node, { step, term, log });
      if (before?.term !== term) return undefined;
      const index = before.log.firstDifference(log);
      const lost = before.log.entryAt(index);
      return (
        lost &&
        contradiction(
          {
            step: before.step,
            says: `${node} leads term ${term} and stores ${sayEntry(lost)} at ${index}`,
          },
          { step, says: `${node} still leads term ${term} and has changed its log at ${index}` },
        )
      );
    };
  },
};

export const logMatching: Property = {
  name: 'Log Matching',
  paper: '§5.3, Fig. 3',
  says: 'Logs that hold an entry of the same index and term are the same up to that index.',
  watch() {
    const logs = new Map<string, Log>();
    // By induction it is enough that an index and a term fix the command and the term before it.
    const seen = new Map<string, Stored>();
    return ({ step, node, state }) => {
      const log = logOf(state);
      const before = logs.get(node) ?? Log.empty;
      if (before === log) return undefined;
      logs.set(node, log);
      for (let index = before.firstDifference(log); index <= log.lastIndex; index++) {
        const entry = log.entryAt(index);
        if (!entry) continue;
        const termBefore = log.termAt(index - 1) ?? 0;
        const stored: Stored = { step, node, index, entry, termBefore };
        const key = `${index} ${entry.term}`;
        const known = seen.get(key);
        if (!known) seen.set(key, stored);
        else if (known.entry.command !== entry.command || known.termBefore !== termBefore) {
          return contradiction(storedFact(known), storedFact(stored));
        }
      }
      return undefined;
    };
  },
};

/** That a node was seen with an entry at an index, after an entry of the term before. */
interface Stored {
  readonly step: number;
  readonly node: string;
  readonly index: number;
  readonly entry: Entry;
  readonly termBefore: number;
}

const storedFact = ({ step, node, index, entry, termBefore }: Stored): Fact => ({
  step,
  says: `${node} stores ${sayEntry(entry)} at ${index}, after an entry of term ${termBefore}`,
});

export const leaderCompleteness: Property = {
  name: 'Leader Completeness',
  paper: '§5.4, Fig. 3',
  says: 'What is committed in a term is in the log of the leader of every later term.',
  watch() {
    const leaders = new Map<number, { node: string; log: Log; fact: Fact }>();
    const commitIndexes = new Map<string, number>();
    // By the term of the leader. With Log Matching, a log that holds the last one holds all before.
    const committed = new Map<
      number,
      { index: number; entryTerm: number; says: string; fact: Fact }
    >();
    let newestTerm = 0;
    const lacks = (log: Log, index: number, entryTerm: number) => !log.mayHold(index, entryTerm);
    return ({ step, node, state, restarted }) => {
      const { role, currentTerm: term = 0, commitIndex = 0 } = state;
      const log = logOf(state);
      if (restarted) commitIndexes.delete(node);
      if (role === 'leader' && !leaders.has(term)) {
        const fact = { step, says: `${node} leads term ${term}` };
        leaders.set(term, { node, log, fact });
        newestTerm = Math.max(newestTerm, term);
        for (const [earlier, { index, entryTerm, says: entry, fact: commit }] of committed) {
          if (earlier >= term || !lacks(log, index, entryTerm)) continue;
          const says = `${node} leads term ${term} without ${entry} at ${index}`;
          return contradiction(commit, { step, says });
        }
      }
      const before = commitIndexes.get(node) ?? 0;
      if (commitIndex <= before) return undefined;
      commitIndexes.set(node, commitIndex);
      const entryTerm = log.termAt(commitIndex);
      // A follower repeats what its leader has committed; the leader's own word is what counts.
      if (role !== 'leader' || entryTerm === undefined) return undefined;
      const entry = log.entryAt(commitIndex);
      const says = entry ? sayEntry(entry) : `an entry of term ${entryTerm}`;
      const fact = { step, says: `${node} commits ${says} at ${commitIndex} in term ${term}` };
      committed.set(term, { index: commitIndex, entryTerm, says, fact });
      if (term === newestTerm) return undefined;
      for (const [later, leader] of leaders) {
        if (later > term && lacks(leader.log, commitIndex, entryTerm)) {
          return contradiction(leader.fact, fact);
        }
      }
      return undefined;
    };
  },
};

export const stateMachineSafety: Property = {
  name: 'State Machine Safety',
  paper: '§5.4.3, Fig. 3',
  says: 'No two nodes ever apply different entries at the same index.',
  watch() {
    const appliedBy = new Map<string, number>();
    const applied = new Map<number, Applied>();
    return ({ step, node, state, effects = [] }) => {
      const { lastApplied = 0 } = state;
      const log = logOf(state);
      const before = appliedBy.get(node) ?? 0;
      if (lastApplied === before) return undefined;
      appliedBy.set(node, lastApplied);
      for (let index = before + 1; index <= lastApplied; index++) {
        const entry = log.entryAt(index) ?? discardedEntry(log, index, effects);
        const known = applied.get(index);
        const now: Applied = { step, node, index, entry };
        if (!entry) {
          // What a snapshot brought was applied by others, one after the other.
          if (index <= log.lastIncludedIndex) continue;
          const beyond = { step, says: `${index} is beyond its log` };
          return contradiction(known ? appliedFact(known) : beyond, appliedFact(now));
        }
        if (!known) applied.set(index, now);
        else if (known.entry && isOther(known.entry, entry)) {
          return contradiction(appliedFact(known), appliedFact(now));
        }
      }
      return undefined;
    };
  },
};

/** An entry that was applied and discarded in one step; its term is known where the log begins. */
function discardedEntry(
  { lastIncludedIndex, lastIncludedTerm }: Log,
  index: number,
  effects: readonly Effect[],
): Applied['entry'] {
  if (index > lastIncludedIndex) return undefined;
  const found = effects.find((effect) => effect.type === 'apply' && effect.index === index);
  if (found?.type !== 'apply') return undefined;
  const { command } = found;
  return index === lastIncludedIndex ? { command, term: lastIncludedTerm } : { command };
}

const isOther = (one: AppliedEntry, other: AppliedEntry) =>
  one.command !== other.command ||
  (one.term !== undefined && other.term !== undefined && one.term !== other.term);

type AppliedEntry = Pick<Entry, 'command'> & Partial<Pick<Entry, 'term'>>;

/** That a node applied the entry at an index; undefined when its log does not reach that far. */
interface Applied {
  readonly step: number;
  readonly node: string;
  readonly index: number;
  readonly entry: AppliedEntry | undefined;
}

const appliedFact = ({ step, node, index, entry }: Applied): Fact => ({
  step,
  says: `${node} applies ${entry && entry.command !== '' ? sayEntry(entry) : 'nothing'} at ${index}`,
});

export const commitIndexNeverDecreases: Property = {
  name: 'commitIndex never decreases',
  paper: '§5.3, Fig. 2 commitIndex',
  says: 'A node that knows an entry to be committed never forgets it while it runs, and its log reaches that far.',
  otherwise:
    'What is committed may be applied already, and a client told. Where it is gone, another command can take its place.',
  watch() {
    const highest = new Map<string, { commitIndex: number; fact: Fact }>();
    return ({ step, node, state, restarted }) => {
      const { commitIndex = 0 } = state;
      const log = logOf(state);
      // commitIndex is volatile (Fig. 2): after a crash a node begins to learn it anew.
      if (restarted) highest.delete(node);
      const before = highest.get(node);
      if (before && commitIndex < before.commitIndex) {
        return contradiction(before.fact, { step, says: `${node} has commitIndex ${commitIndex}` });
      }
      if (commitIndex > log.lastIndex) {
        const fact = { step, says: `${node} has commitIndex ${commitIndex}` };
        return contradiction(fact, { step, says: `the log of ${node} ends at ${log.lastIndex}` });
      }
      if (before?.commitIndex !== commitIndex) {
        const says = `${node} has commitIndex ${commitIndex}`;
        highest.set(node, { commitIndex, fact: { step, says } });
      }
      return undefined;
    };
  },
};
