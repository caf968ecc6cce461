// What each node owes the others at every step. Breaking one of these harms nobody yet, but it is the first sign of
// a mistake, long before two nodes contradict each other.

import { Log } from '../log/log.ts';
import { noOp } from '../machine/key-value.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import type { Contradiction, Property } from './property.ts';

const logOf = ({ log }: NodeState): Log => (log ? Log.of(log) : Log.empty);

/** The latest sighting of a node. */
interface Seen {
  readonly step: number;
  readonly state: NodeState;
}

export const candidateVotesForItself: Property = {
  name: 'A candidate votes for itself',
  paper: '§5.2, Fig. 2 Candidates 1',
  says: 'Whoever stands for election in a term, or has won it, has given itself its own vote.',
  watch() {
    return ({ step, node, state: { role, votedFor, currentTerm: term = 0 } }) => {
      if ((role !== 'candidate' && role !== 'leader') || votedFor === node) return undefined;
      return {
        earlier: { step, says: `${node} is ${role} in term ${term}` },
        later: { step, says: `${node} has voted for ${votedFor ?? 'nobody'}` },
      };
    };
  },
};

export const matchIndexIsTrue: Property = {
  name: 'matchIndex is true',
  paper: '§5.3, Fig. 2 matchIndex',
  says: 'What a leader counts as stored by a follower is in the log of that follower.',
  watch() {
    const seen = new Map<NodeId, Seen>();
    const overclaim = (leader: Seen, follower: NodeId): Contradiction | undefined => {
      const { state } = leader;
      const stored = state.matchIndex?.[follower] ?? 0;
      const other = seen.get(follower);
      // A follower of a newer term may have had to cut what it once stored.
      if (stored === 0 || !other || (other.state.currentTerm ?? 0) > (state.currentTerm ?? 0)) {
        return undefined;
      }
      // With Log Matching, logs that agree at an index agree up to it.
      const [mine, theirs] = [logOf(state).termAt(stored), logOf(other.state).termAt(stored)];
      if (mine !== undefined && mine === theirs) return undefined;
      const counts = {
        step: leader.step,
        says: `${state.id} counts ${follower} as storing its log up to ${stored}`,
      };
      const says =
        theirs === undefined
          ? `the log of ${follower} ends at ${logOf(other.state).lastIndex}`
          : `${follower} stores an entry of term ${theirs} at ${stored}`;
      const stores = { step: other.step, says };
      return leader.step <= other.step
        ? { earlier: counts, later: stores }
        : { earlier: stores, later: counts };
    };
    return ({ step, node, state }) => {
      const before = seen.get(node)?.state;
      const now = { step, state };
      seen.set(node, now);
      if (state.role === 'leader' && before?.matchIndex !== state.matchIndex) {
        for (const peer of state.peers) {
          const found = overclaim(now, peer);
          if (found) return found;
        }
      }
      if (before?.log === state.log) return undefined;
      for (const other of seen.values()) {
        const leads =
          other.state.role === 'leader' && other.state.currentTerm === state.currentTerm;
        const found = leads ? overclaim(other, node) : undefined;
        if (found) return found;
      }
      return undefined;
    };
  },
};

export const nextIndexAfterMatchIndex: Property = {
  name: 'nextIndex is after matchIndex',
  paper: '§5.3, Fig. 2 nextIndex',
  says: 'A leader never sends again what it knows to be stored, nor starts before the first index.',
  watch() {
    return ({ step, state: { id, role, peers, nextIndex, matchIndex } }) => {
      if (role !== 'leader' || !nextIndex || !matchIndex) return undefined;
      for (const peer of peers) {
        const [next, match] = [nextIndex[peer], matchIndex[peer] ?? 0];
        if (next === undefined || next > match) continue;
        return {
          earlier: { step, says: `${id} knows that ${peer} stores its log up to ${match}` },
          later: { step, says: `${id} has nextIndex ${next} for ${peer}` },
        };
      }
      return undefined;
    };
  },
};

/** Watches who ever stored which entry, and what leaders commit. */
function commitWatch(
  judge: (leader: NodeState, log: Log, storedBy: (index: number) => number) => string | undefined,
): ReturnType<Property['watch']> {
  const logs = new Map<NodeId, Log>();
  const commitIndexes = new Map<NodeId, number>();
  const storers = new Map<string, Set<NodeId>>();
  const key = (index: number, term: number | undefined) => `${index} ${term}`;
  return ({ step, node, state }) => {
    const log = logOf(state);
    const before = logs.get(node) ?? Log.empty;
    if (before !== log) {
      logs.set(node, log);
      for (let index = before.firstDifference(log); index <= log.lastIndex; index++) {
        const where = key(index, log.termAt(index));
        const known = storers.get(where);
        if (known) known.add(node);
        else storers.set(where, new Set([node]));
      }
    }
    const { commitIndex = 0, role } = state;
    if (commitIndex <= (commitIndexes.get(node) ?? 0)) return undefined;
    commitIndexes.set(node, commitIndex);
    if (role !== 'leader') return undefined;
    const says = judge(
      state,
      log,
      (index) => storers.get(key(index, log.termAt(index)))?.size ?? 0,
    );
    if (says === undefined) return undefined;
    return {
      earlier: { step, says },
      later: { step, says: `${node} takes ${commitIndex} for committed` },
    };
  };
}

/** As many as share a member with every majority: with an even number, half of them are enough. */
const enough = ({ peers }: NodeState): number => Math.ceil((peers.length + 1) / 2);

export const commitNeedsMajority: Property = {
  name: 'What is committed is stored',
  paper: '§5.3, Fig. 2 Leaders 4',
  says: 'A leader commits only what so many nodes store that no later majority is without it.',
  watch: () =>
    commitWatch((leader, log, storedBy) => {
      const { commitIndex = 0 } = leader;
      const stored = storedBy(commitIndex);
      if (stored >= enough(leader)) return undefined;
      return `of ${leader.peers.length + 1} nodes, ${stored} ever stored the entry at ${commitIndex}`;
    }),
};

export const commitNeedsOwnTerm: Property = {
  name: 'A leader commits by an entry of its own term',
  paper: '§5.4.2, Fig. 2 Leaders 4',
  says: 'Entries of older terms are committed only together with one of the current term.',
  watch: () =>
    commitWatch((leader, log, storedBy) => {
      const { commitIndex = 0, currentTerm } = leader;
      for (let index = log.lastIndex; index >= commitIndex; index--) {
        if (log.termAt(index) !== currentTerm) break;
        if (storedBy(index) >= enough(leader)) return undefined;
      }
      return `no entry of term ${currentTerm} from ${commitIndex} on is stored widely enough`;
    }),
};

export const committedStays: Property = {
  name: 'What is committed stays',
  paper: '§5.3, §5.4',
  says: 'A node never cuts or changes an entry that it knows to be committed.',
  watch() {
    const seen = new Map<NodeId, Seen>();
    return ({ step, node, state }) => {
      const before = seen.get(node);
      seen.set(node, { step, state });
      if (!before || before.state.log === state.log) return undefined;
      const { commitIndex = 0 } = before.state;
      const [then, now] = [logOf(before.state), logOf(state)];
      const index = then.firstDifference(now);
      if (index > commitIndex || index > then.lastIndex) return undefined;
      return {
        earlier: { step: before.step, says: `${node} knows ${index} to be committed` },
        later: { step, says: `${node} no longer stores the same entry at ${index}` },
      };
    };
  },
};

export const appliesInOrder: Property = {
  name: 'Each entry is applied once, in order',
  paper: '§5.3, Fig. 2 All Servers 1',
  says: 'A node applies the committed entries of its log one after the other, each once.',
  watch() {
    const last = new Map<NodeId, { step: number; index: number }>();
    return ({ step, node, state, effects = [] }) => {
      const log = logOf(state);
      for (const effect of effects) {
        if (effect.type !== 'apply') continue;
        const { index, command } = effect;
        const before = last.get(node);
        last.set(node, { step, index });
        const entry = log.entryAt(index);
        const { commitIndex = 0 } = state;
        if (entry?.command !== command || index > commitIndex) {
          const knows = `${node} stores ${entry?.command ?? 'nothing'} at ${index}`;
          return {
            earlier: { step, says: `${knows}, and commitIndex is ${commitIndex}` },
            later: { step, says: `${node} applies ${command} at ${index}` },
          };
        }
        // A run may begin in the middle of a story, and after a restart a node begins again.
        if (!before || index === 1 || index === nextToApply(log, before.index, index)) continue;
        return {
          earlier: { step: before.step, says: `${node} has applied ${before.index}` },
          later: { step, says: `${node} applies ${index}` },
        };
      }
      return undefined;
    };
  },
};

/** The index after one that was applied; a node may pass over no-ops, which change nothing. */
function nextToApply(log: Log, applied: number, limit: number): number {
  let next = applied + 1;
  while (next < limit && log.entryAt(next)?.command === noOp) next += 1;
  return next;
}

export const answersAreTrue: Property = {
  name: 'A client hears only of what is applied',
  paper: '§5.3, §8, Fig. 2 Leaders 2',
  says: 'A node says that a command was applied only after it applied it.',
  watch() {
    const applied = new Map<NodeId, Set<string>>();
    return ({ step, node, effects = [] }) => {
      const mine = applied.get(node) ?? new Set();
      applied.set(node, mine);
      for (const effect of effects) {
        if (effect.type === 'apply') mine.add(effect.command);
        if (effect.type !== 'answer' || !effect.applied || mine.has(effect.command)) continue;
        return {
          earlier: { step, says: `${node} has not applied ${effect.command}` },
          later: { step, says: `${node} answers that ${effect.command} was applied` },
        };
      }
      return undefined;
    };
  },
};
