// What each node owes its disk: nothing is promised that a crash could undo, and a node that starts again is what its
// disk makes of it.

import type { Log } from '../log/log.ts';
import type { Configuration } from '../log/configuration.ts';
import type { Message, NodeId, NodeState, Saved } from '../node/contract.ts';
import { logOf } from '../node/log-of.ts';
import { sayValue } from '../words/words.ts';
import type { Property } from './property.ts';
import { writtenFirst } from './written-first.ts';
import { groupsOf, meetsMajorities, sayShare } from './quorums.ts';

export const writtenBeforeSaid: Property = {
  name: 'Nothing is said before it is written',
  paper: '§5, Fig. 2 Persistent state',
  says: 'A message leaves only when its term, its vote and what it acknowledges are on the disk of its sender.',
  watch: () => writtenFirst(unwritten),
};

/** What is on disk instead of what a message of this node relies on; undefined when all is. */
function unwritten(message: Message, memory: NodeState, saved: Saved): string | undefined {
  const said: Readonly<Record<string, unknown>> = { ...message };
  const { currentTerm = 0, votedFor = null } = saved;
  if (typeof said.term === 'number' && said.term > currentTerm) return `term ${currentTerm}`;
  const { type, from, to } = message;
  const votes =
    type === 'RequestVote' || (type === 'RequestVoteReply' && said.voteGranted === true);
  if (votes && votedFor !== (type === 'RequestVote' ? from : to)) {
    return `a vote for ${sayValue(votedFor)} in term ${currentTerm}`;
  }
  const isStored =
    (type === 'AppendEntriesReply' && said.success === true) ||
    (type === 'InstallSnapshotReply' && said.installed === true);
  if (!isStored) return undefined;
  const [inMemory, onDisk] = [logOf(memory), logOf(saved)];
  // Logs of one node that end with the same entry are the same.
  if (inMemory.lastIndex === onDisk.lastIndex && inMemory.lastTerm === onDisk.lastTerm) {
    return undefined;
  }
  return `a log that ends at ${onDisk.lastIndex} with term ${onDisk.lastTerm}`;
}

export const committedIsOnDisk: Property = {
  name: 'What is committed is on disk',
  paper: '§5.3, thesis §3.8, §10.2.1',
  says: 'A leader commits only what is on so many disks that no crash can undo it.',
  watch() {
    const logs = new Map<NodeId, Log>();
    const commitIndexes = new Map<NodeId, number>();
    const groups = new Map<NodeId, Configuration>();
    return ({ step, node, state, diskAfter, restarted }) => {
      if (!diskAfter) return undefined;
      logs.set(node, logOf(diskAfter.synced));
      const { role, commitIndex = 0 } = state;
      const now = groupsOf(state);
      const earlier = groups.get(node) ?? now;
      groups.set(node, now);
      const before = restarted ? 0 : commitIndexes.get(node);
      if (before === commitIndex) return undefined;
      commitIndexes.set(node, commitIndex);
      if (role !== 'leader' || before === undefined || commitIndex < before) return undefined;
      const term = logOf(state).termAt(commitIndex);
      const written = new Set(
        [...logs].flatMap(([id, log]) => (log.mayHold(commitIndex, term) ? [id] : [])),
      );
      // A leader may have counted just before it changed the configuration.
      if (meetsMajorities(now, written) || meetsMajorities(earlier, written)) return undefined;
      return {
        earlier: {
          step,
          says: `${sayShare(now, 'disks', written)} hold the entry at ${commitIndex}`,
        },
        later: { step, says: `${node} takes ${commitIndex} for committed` },
      };
    };
  },
};

export const startsFromDisk: Property = {
  name: 'A node starts again from its disk',
  paper: '§5.2, Fig. 2 Persistent state, thesis §3.8',
  says: 'After a crash a node is a follower with the term, the vote and the log that are on its disk.',
  watch() {
    return ({ step, node, state, diskAfter, restarted }) => {
      if (!restarted || !diskAfter) return undefined;
      const { synced } = diskAfter;
      const { currentTerm, votedFor } = synced;
      const later = (says: string) => ({
        earlier: {
          step,
          says: `on the disk of ${node} is term ${sayValue(currentTerm)}, a vote for ${sayValue(votedFor)} and the log ${sayValue(logOf(synced))}`,
        },
        later: { step, says: `${node} starts ${says}` },
      });
      if (state.role !== 'follower') return later(`as ${state.role}`);
      if (currentTerm !== undefined && state.currentTerm !== currentTerm) {
        return later(`in term ${sayValue(state.currentTerm)}`);
      }
      if (votedFor !== undefined && state.votedFor !== votedFor) {
        return later(`with a vote for ${sayValue(state.votedFor)}`);
      }
      const [mine, saved] = [logOf(state), logOf(synced)];
      const isSame =
        mine.lastIndex === saved.lastIndex && mine.firstDifference(saved) > mine.lastIndex;
      return isSame ? undefined : later(`with the log ${sayValue(mine)}`);
    };
  },
};
