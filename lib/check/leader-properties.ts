// What a leader owes the others, step by step: that what it knows of their logs is true, and that it commits no more than
// that allows.

import { Log } from '../log/log.ts';
import type { Configuration } from '../log/configuration.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import { logOf } from '../node/log-of.ts';
import type { Contradiction, Property } from './property.ts';
import { groupsOf, meetsMajorities, sayShare } from './quorums.ts';

/** The latest sighting of a node. */
interface Seen {
  readonly step: number;
  readonly state: NodeState;
}

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
      // With Log Matching, logs that agree at an index agree up to it; so they do in what is discarded.
      const [leaderLog, followerLog] = [logOf(state), logOf(other.state)];
      const [mine, theirs] = [leaderLog.termAt(stored), followerLog.termAt(stored)];
      const isDiscarded =
        stored < Math.max(leaderLog.lastIncludedIndex, followerLog.lastIncludedIndex) &&
        stored <= Math.min(leaderLog.lastIndex, followerLog.lastIndex);
      if (isDiscarded || (mine !== undefined && mine === theirs)) return undefined;
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

type Storers = (index: number) => ReadonlySet<NodeId>;

/** Watches who ever stored which entry, and what leaders commit. */
function commitWatch(
  judge: (
    leader: NodeState,
    log: Log,
    storedBy: Storers,
    isWide: (storers: ReadonlySet<NodeId>) => boolean,
  ) => string | undefined,
): ReturnType<Property['watch']> {
  const logs = new Map<NodeId, Log>();
  const groups = new Map<NodeId, Configuration>();
  const commitIndexes = new Map<NodeId, number>();
  const storers = new Map<string, Set<NodeId>>();
  const key = (index: number, term: number | undefined) => `${index} ${term}`;
  return ({ step, node, state }) => {
    const log = logOf(state);
    const before = logs.get(node) ?? Log.empty;
    const now = groupsOf(state);
    const earlier = groups.get(node) ?? now;
    groups.set(node, now);
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
    const storedBy = (index: number) => {
      const known = new Set(storers.get(key(index, log.termAt(index))));
      for (const [id, other] of logs) if (other.lastIncludedIndex >= index) known.add(id);
      return known;
    };
    // A leader may have counted just before it changed the configuration.
    const isWide = (known: ReadonlySet<NodeId>) =>
      meetsMajorities(now, known) || meetsMajorities(earlier, known);
    const says = judge(state, log, storedBy, isWide);
    if (says === undefined) return undefined;
    return {
      earlier: { step, says },
      later: { step, says: `${node} takes ${commitIndex} for committed` },
    };
  };
}

export const commitNeedsMajority: Property = {
  name: 'What is committed is stored',
  paper: '§5.3, Fig. 2 Leaders 4',
  says: 'A leader commits an entry only when every majority contains a node that has stored it.',
  watch: () =>
    commitWatch((leader, log, storedBy, isWide) => {
      const { commitIndex = 0 } = leader;
      const stored = storedBy(commitIndex);
      if (isWide(stored)) return undefined;
      return `${sayShare(groupsOf(leader), 'nodes', stored)} ever stored the entry at ${commitIndex}`;
    }),
};

export const commitNeedsOwnTerm: Property = {
  name: 'A leader commits by an entry of its own term',
  paper: '§5.4.2, Fig. 2 Leaders 4',
  says: 'Entries of older terms are committed only together with one of the current term.',
  watch: () =>
    commitWatch((leader, log, storedBy, isWide) => {
      const { commitIndex = 0, currentTerm } = leader;
      for (let index = log.lastIndex; index >= commitIndex; index--) {
        if (log.termAt(index) !== currentTerm) break;
        if (isWide(storedBy(index))) return undefined;
      }
      return `no entry of term ${currentTerm} from ${commitIndex} on is stored widely enough`;
    }),
};

export const matchIndexOnlyGrows: Property = {
  name: 'matchIndex only grows',
  paper: 'Fig. 2 matchIndex',
  says: 'While it leads a term, a leader never forgets how far a follower stores its log.',
  watch() {
    const seen = new Map<NodeId, Seen>();
    return ({ step, node, state }) => {
      const before = seen.get(node);
      seen.set(node, { step, state });
      if (state.role !== 'leader' || before?.state.matchIndex === state.matchIndex)
        return undefined;
      if (before?.state.role !== 'leader') return undefined;
      if (before.state.currentTerm !== state.currentTerm) return undefined;
      for (const peer of state.peers) {
        const [was, is] = [before.state.matchIndex?.[peer] ?? 0, state.matchIndex?.[peer] ?? 0];
        // Who was sent nothing for a while, because it did not belong to the cluster, begins anew.
        if (is >= was || !before.state.peers.includes(peer)) continue;
        return {
          earlier: { step: before.step, says: `${node} has matchIndex ${was} for ${peer}` },
          later: { step, says: `${node} has matchIndex ${is} for ${peer}` },
        };
      }
      return undefined;
    };
  },
};

export const onlyLeadersCount: Property = {
  name: 'Only a leader counts answers',
  paper: '§5.3, Fig. 2 Leaders 3 and 4',
  says: 'An AppendEntriesReply makes nobody but a leader commit anything.',
  watch() {
    const seen = new Map<NodeId, { commitIndex: number; led: boolean }>();
    return ({ step, node, state: { role, commitIndex = 0 }, event }) => {
      const before = seen.get(node);
      seen.set(node, { commitIndex, led: role === 'leader' });
      // A leader that commits its own removal leads no more after the step (thesis §4.2.2).
      if (event?.type !== 'AppendEntriesReply' || role === 'leader' || before?.led)
        return undefined;
      if (before === undefined || commitIndex <= before.commitIndex) return undefined;
      return {
        earlier: { step, says: `${node} is ${role} and receives an AppendEntriesReply` },
        later: {
          step,
          says: `${node} takes ${commitIndex} for committed, ${before.commitIndex} before`,
        },
      };
    };
  },
};

export const newLeaderKnowsNothing: Property = {
  name: 'A new leader knows nothing yet',
  paper: 'Fig. 2 matchIndex',
  says: 'A leader begins its term without knowing what any follower stores.',
  watch() {
    const seen = new Map<NodeId, NodeState>();
    return ({ step, node, state }) => {
      const before = seen.get(node);
      seen.set(node, state);
      const { role, currentTerm, matchIndex = {}, peers } = state;
      if (role !== 'leader' || !before) return undefined;
      if (before.role === 'leader' && before.currentTerm === currentTerm) return undefined;
      const known = peers.find((peer) => (matchIndex[peer] ?? 0) > 0);
      if (known === undefined) return undefined;
      return {
        earlier: { step, says: `${node} becomes leader of term ${currentTerm}` },
        later: { step, says: `${node} has matchIndex ${matchIndex[known]} for ${known}` },
      };
    };
  },
};

export const onlyLeadersCreate: Property = {
  name: 'Only a leader creates entries',
  paper: '§5.3, Fig. 2 Leaders 2',
  says: 'The log of any other node grows only by AppendEntries; a snapshot brings no entries.',
  watch() {
    const logs = new Map<NodeId, { step: number; lastIndex: number }>();
    return ({ step, node, state, event }) => {
      const before = logs.get(node);
      const { lastIndex, lastIncludedIndex } = logOf(state);
      logs.set(node, { step, lastIndex });
      if (event?.type === 'InstallSnapshot' && lastIndex === lastIncludedIndex) return undefined;
      if (state.role === 'leader' || !event || event.type === 'AppendEntries') return undefined;
      if (!before || lastIndex <= before.lastIndex) return undefined;
      return {
        earlier: { step, says: `${node} is ${state.role} and handles ${event.type}` },
        later: { step, says: `the log of ${node} grows to ${lastIndex}` },
      };
    };
  },
};
