// What a node owes the others when the cluster changes its members, step by step.

import type { Log } from '../log/log.ts';
import type { Configuration } from '../log/configuration.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import type { Snapshot } from '../node/snapshot.ts';
import { logOf } from '../node/log-of.ts';
import { sayValue } from '../words/words.ts';
import { newerTermIsAdopted } from './election-properties.ts';
import type { Property } from './property.ts';

const say = (configuration: Configuration) =>
  configuration.map((group) => group.join(' ')).join(' and ');

const isSame = (one: Configuration, other: Configuration) => say(one) === say(other);

/** The latest configuration in a log up to an index, or else that of the snapshot; and where. */
function latest(log: Log, snapshot: Snapshot | null | undefined, upTo = log.lastIndex) {
  for (let index = upTo; index > log.lastIncludedIndex; index--) {
    const configuration = log.entryAt(index)?.configuration;
    if (configuration) return { index, configuration };
  }
  return { index: log.lastIncludedIndex, configuration: snapshot?.configuration };
}

export const configurationIsLatest: Property = {
  name: 'The latest configuration is in force',
  paper: '§6, thesis §4.1',
  says: 'A node uses the latest configuration in its log, committed or not.',
  watch() {
    return ({ step, node, state, lost }) => {
      const { configuration } = state;
      // What is seen of a node that crashed in the middle is what it has written.
      if (!configuration || lost) return undefined;
      const found = latest(logOf(state), state.snapshot);
      if (!found.configuration || isSame(found.configuration, configuration)) return undefined;
      return {
        earlier: { step, says: `${node} stores the voters ${say(found.configuration)}` },
        later: { step, says: `${node} goes by the voters ${say(configuration)}` },
      };
    };
  },
};

/** Judges each configuration that a leader puts into its log: what is wrong with it, in words. */
function changeWatch(
  judge: (leader: NodeState, log: Log, index: number, next: Configuration) => string | undefined,
): ReturnType<Property['watch']> {
  const lastIndexes = new Map<NodeId, number>();
  return ({ step, node, state, event }) => {
    const log = logOf(state);
    const before = lastIndexes.get(node);
    lastIndexes.set(node, log.lastIndex);
    if (before === undefined || state.role !== 'leader' || !event) return undefined;
    for (let index = before + 1; index <= log.lastIndex; index++) {
      const configuration = log.entryAt(index)?.configuration;
      const wrong = configuration && judge(state, log, index, configuration);
      if (!configuration || wrong === undefined) continue;
      const later = { step, says: `${node} appends the voters ${say(configuration)} at ${index}` };
      return { earlier: { step, says: wrong }, later };
    }
    return undefined;
  };
}

export const oneChangeAtATime: Property = {
  name: 'One change at a time',
  paper: '§6, thesis §4.1; the correction of 2015',
  says: 'A leader appends a configuration only when the one before, and an entry of its own term, are committed.',
  watch: () =>
    changeWatch(({ id, commitIndex = 0, currentTerm, snapshot }, log, index) => {
      const committed = Math.min(commitIndex, index - 1);
      const before = latest(log, snapshot, index - 1);
      if (before.index > committed) return `${id} does not know ${before.index} to be committed`;
      if (log.termAt(committed) === currentTerm) return undefined;
      return `${id} knows of no committed entry of term ${currentTerm}`;
    }),
};

export const changesOverlap: Property = {
  name: 'Old and new voters overlap',
  paper: '§6, thesis §4.1, §4.3, Fig. 4.2, Fig. 4.3',
  says: 'One configuration differs from the one before by one voter, or one of the two is joint.',
  watch: () =>
    changeWatch(({ snapshot }, log, index, next) => {
      const before = latest(log, snapshot, index - 1).configuration;
      if (!before || follows(before, next)) return undefined;
      return `the voters were ${say(before)}`;
    }),
};

/** True when a majority of one and a majority of the other always share a node. */
function follows(before: Configuration, next: Configuration): boolean {
  if (before.length > 1) return isSame(before.slice(-1), next);
  if (next.length > 1) return isSame(before, next.slice(0, 1));
  const [was, is] = [before.flat(), next.flat()];
  const others = [
    ...was.filter((each) => !is.includes(each)),
    ...is.filter((each) => !was.includes(each)),
  ];
  return others.length <= 1;
}

export const leaderStaysUntilRemoved: Property = {
  name: 'A leader stays until its removal is committed',
  paper: '§6, thesis §4.2.2',
  says: 'A leader without a vote goes on leading until the configuration without it is committed.',
  watch() {
    const seen = new Map<NodeId, NodeState>();
    return ({ step, node, state, event }) => {
      const before = seen.get(node);
      seen.set(node, state);
      const { configuration, currentTerm, commitIndex = 0 } = state;
      if (!configuration || before?.role !== 'leader' || state.role === 'leader') return undefined;
      const isForced = !event || event.type === 'ElectionTimeout';
      if (isForced || before.currentTerm !== currentTerm) return undefined;
      const found = latest(logOf(state), state.snapshot);
      if (!configuration.flat().includes(node) && found.index <= commitIndex) return undefined;
      return {
        earlier: {
          step,
          says: `${node} stores the voters ${say(configuration)} at ${found.index}`,
        },
        later: { step, says: `${node} steps down, and has commitIndex ${commitIndex}` },
      };
    };
  },
};

export const snapshotTellsMembers: Property = {
  name: 'A snapshot tells who belonged to the cluster',
  paper: '§7, thesis §5.1',
  says: 'A snapshot holds the latest configuration up to its last index, and no later one.',
  watch() {
    const seen = new Map<NodeId, NodeState>();
    return ({ step, node, state, event, lost }) => {
      const before = seen.get(node);
      seen.set(node, state);
      const { snapshot } = state;
      if (!snapshot || !before || lost || before.snapshot === snapshot) return undefined;
      if (!state.configuration || event?.type === 'InstallSnapshot') return undefined;
      const { lastIncludedIndex: upTo, lastIncludedTerm, configuration } = snapshot;
      const log = logOf(before);
      // What came and was discarded in the same step cannot be compared any more.
      const isKnown = log.termAt(upTo) === lastIncludedTerm;
      const found = isKnown && latest(log, before.snapshot, upTo).configuration;
      if (!found || (configuration && isSame(found, configuration))) return undefined;
      const says = `${node} has a snapshot up to ${upTo} with the voters`;
      return {
        earlier: { step, says: `${node} stores the voters ${say(found)} up to ${upTo}` },
        later: { step, says: `${says} ${configuration ? say(configuration) : sayValue(null)}` },
      };
    };
  },
};

export const newerTermUnlessLed: Property = {
  ...newerTermIsAdopted,
  name: 'A newer term is adopted, but not from who disturbs a leader',
  paper: '§5.1, §6, Fig. 2 All Servers 2, thesis §4.2.3',
  says: 'A node adopts every newer term, except that of a candidate whom no leader asked to stand, while it leads or hears from a leader.',
  watch() {
    const led = new Map<NodeId, boolean>();
    const watch = newerTermIsAdopted.watch();
    return (sighting) => {
      const { node, state, event } = sighting;
      const wasLed = led.get(node) ?? true;
      led.set(
        node,
        state.role === 'leader' || ('hearsLeader' in state && state.hearsLeader === true),
      );
      const disturbs =
        event?.type === 'RequestVote' && !('transfer' in event && event.transfer === true);
      return wasLed && disturbs ? undefined : watch(sighting);
    };
  },
};

export const leaderIsLeftInPeace: Property = {
  name: 'A leader is not disturbed',
  paper: '§6, thesis §4.2.3',
  says: 'Who leads, or hears from a leader, adopts no newer term from a candidate, unless that leader asked for the election.',
  watch() {
    const seen = new Map<NodeId, NodeState>();
    return ({ step, node, state, event }) => {
      const before = seen.get(node);
      seen.set(node, state);
      if (!before || event?.type !== 'RequestVote' || before.currentTerm === state.currentTerm) {
        return undefined;
      }
      const hears = 'hearsLeader' in before && before.hearsLeader === true;
      const isAsked = 'transfer' in event && event.transfer === true;
      if (isAsked || (before.role !== 'leader' && !hears)) return undefined;
      const does = before.role === 'leader' ? 'leads' : 'hears from the leader of';
      return {
        earlier: { step, says: `${node} ${does} term ${sayValue(before.currentTerm)}` },
        later: {
          step,
          says: `${node} adopts term ${sayValue(state.currentTerm)} from a candidate`,
        },
      };
    };
  },
};

export const followersOnlyLearn: Property = {
  name: 'A follower commits what its leader says',
  paper: '§5.3, Fig. 2 AppendEntries 5',
  says: 'Who does not lead takes no more for committed than the leader whose message it receives.',
  watch() {
    const seen = new Map<NodeId, { commitIndex: number; led: boolean }>();
    return ({ step, node, state: { role, commitIndex = 0 }, event }) => {
      const before = seen.get(node);
      const leads = role === 'leader';
      seen.set(node, { commitIndex, led: leads });
      if (!event || !before || leads || before.led) return undefined;
      const told = Math.max(
        'leaderCommit' in event ? Number(event.leaderCommit) : 0,
        'lastIncludedIndex' in event ? Number(event.lastIncludedIndex) : 0,
      );
      if (commitIndex <= Math.max(before.commitIndex, told)) return undefined;
      return {
        earlier: { step, says: `${node} is ${role} and hears that ${told} is committed` },
        later: { step, says: `${node} takes ${commitIndex} for committed` },
      };
    };
  },
};
