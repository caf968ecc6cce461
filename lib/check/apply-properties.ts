// What each node owes its state machine and its clients, step by step.

import type { Log } from '../log/log.ts';
import { isRead, noOp } from '../machine/key-value.ts';
import type { NodeId, NodeState, Told } from '../node/contract.ts';
import { logOf } from '../node/log-of.ts';
import { canonical } from '../trace/canonical.ts';
import type { Fact, Property } from './property.ts';

/** The latest sighting of a node. */
interface Seen {
  readonly step: number;
  readonly state: NodeState;
}

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
    return ({ step, node, state: after, lost, restarted, effects = [] }) => {
      const state = lost ?? after;
      const log = logOf(state);
      // A node that starts again applies the entries once more, to what its snapshot says or to an empty machine.
      if (restarted) last.set(node, { step, index: coveredBy(state) });
      for (const effect of effects) {
        if (effect.type !== 'apply') continue;
        const { index, command } = effect;
        const before = last.get(node);
        last.set(node, { step, index });
        const entry = log.entryAt(index);
        const { commitIndex = 0 } = state;
        // What was discarded in the same step cannot be compared any more.
        const isWrong = index > log.lastIncludedIndex && entry?.command !== command;
        if (isWrong || index > commitIndex) {
          const knows = `${node} stores ${entry?.command ?? 'nothing'} at ${index}`;
          return {
            earlier: { step, says: `${knows}, and commitIndex is ${commitIndex}` },
            later: { step, says: `${node} applies ${command} at ${index}` },
          };
        }
        // A run may begin in the middle of a story.
        if (!before || index === nextToApply(log, before.index, index)) continue;
        return {
          earlier: { step: before.step, says: `${node} has applied ${before.index}` },
          later: { step, says: `${node} applies ${index}` },
        };
      }
      // A snapshot stands for having applied all that it covers.
      const { index = 0 } = last.get(node) ?? {};
      const covered = coveredBy(state);
      if (index < covered) last.set(node, { step, index: covered });
      return undefined;
    };
  },
};

/** Up to where a snapshot stands for having applied the entries. */
const coveredBy = (state: NodeState): number =>
  Math.max(logOf(state).lastIncludedIndex, state.snapshot?.lastIncludedIndex ?? 0);

/** The index after one that was applied; a node may pass over no-ops, which change nothing. */
function nextToApply(log: Log, applied: number, limit: number): number {
  let next = applied + 1;
  const mayBeNoOp = (index: number) =>
    index <= log.lastIncludedIndex || log.entryAt(index)?.command === noOp;
  while (next < limit && mayBeNoOp(next)) next += 1;
  return next;
}

export const answersAreTrue: Property = {
  name: 'A client hears only of what is applied',
  paper: '§5.3, §8, Fig. 2 Leaders 2',
  says: 'A node says that a command was applied only after it applied it.',
  watch() {
    const applied = new Map<NodeId, Set<string>>();
    return ({ step, node, state, effects = [] }) => {
      const mine = applied.get(node) ?? new Set();
      applied.set(node, mine);
      for (const effect of effects) {
        if (effect.type === 'apply') mine.add(effect.command);
        if (effect.type !== 'answer' || !effect.applied || mine.has(effect.command)) continue;
        // From chapter 9 on, a read may be answered without an entry.
        if (isRead(effect.command) || isInSnapshot(state, effect)) continue;
        return {
          earlier: { step, says: `${node} has not applied ${effect.command}` },
          later: { step, says: `${node} answers that ${effect.command} was applied` },
        };
      }
      return undefined;
    };
  },
};

/** From chapter 10 on, a snapshot tells which commands of clients were applied. */
const isInSnapshot = ({ snapshot }: NodeState, { client = '', sequence = Infinity }: Told) =>
  (snapshot?.sessions[client]?.sequence ?? 0) >= sequence;

export const machinesAgree: Property = {
  name: 'State machines agree',
  paper: '§5.4.3, §2',
  says: 'Two nodes that have applied the same entries are in the same state.',
  watch() {
    const machines = new Map<string, { machine: string; node: NodeId; fact: Fact }>();
    const appliedBy = new Map<NodeId, number>();
    return ({ step, node, state }) => {
      const { lastApplied = 0 } = state;
      if (!('machine' in state) || appliedBy.get(node) === lastApplied) return undefined;
      appliedBy.set(node, lastApplied);
      // The same entries: what stands at an index of one term fixes all before it.
      const key = `${lastApplied} ${logOf(state).termAt(lastApplied)}`;
      const machine = canonical(state.machine);
      const fact = { step, says: `${node} has applied ${lastApplied} and holds ${machine}` };
      const known = machines.get(key);
      if (!known) machines.set(key, { machine, node, fact });
      else if (known.machine !== machine) return { earlier: known.fact, later: fact };
      return undefined;
    };
  },
};
