// What a cluster owes its clients: every command of theirs is executed once, and all their answers fit one story.

import { History, nameOf, requestIn } from '../client/history.ts';
import type { Operation } from '../linearizability/history.ts';
import { keyValues } from '../linearizability/key-values.ts';
import { Watch } from '../linearizability/watch.ts';
import type { Entry } from '../log/log.ts';
import type { KeyValues } from '../machine/key-value.ts';
import { execute, isRead } from '../machine/key-value.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import type { Snapshot } from '../node/snapshot.ts';
import { logOf } from '../node/log-of.ts';
import { canonical } from '../trace/canonical.ts';
import { sayValue } from '../words/words.ts';
import type { Fact, Property } from './property.ts';

export const linearizability: Property = {
  name: 'Linearizability',
  paper: '§8, thesis §6.3, §6.4',
  says: 'Each command seems to take effect in a single instant between its request and its answer.',
  watch() {
    const watch = new Watch(keyValues);
    const history = new History();
    return (sighting) => {
      const { asked, answered } = history.see(sighting);
      if (asked) watch.invoke(asked);
      for (const operation of answered) {
        const found = watch.answer(operation);
        if (!found) continue;
        const { step } = sighting;
        const others = found.part.filter((each) => each !== found.unexplained);
        return { earlier: latest(others), later: { step, says: found.reason.replace(/\.$/, '') } };
      }
      return undefined;
    };
  },
};

/** What was told or asked last. */
function latest(operations: readonly Operation[]): Fact {
  const facts = operations.map(({ client, command, invoked, answered, result }): Fact => {
    if (answered === undefined) return { step: invoked, says: `${client} asks: ${command}` };
    const says = keyValues.says(command, result ?? null);
    return { step: answered, says: `${client} ${says}` };
  });
  return facts.sort((a, b) => b.step - a.step)[0] ?? { step: 0, says: 'nothing is set' };
}

/** What comes of a log when each command of a client is executed once. */
class Executed {
  index = 0;
  store: KeyValues = {};
  private readonly latest = new Map<string, number>();

  /** Goes on from a snapshot; other properties see to it that this says what came of the entries before. */
  begin({ lastIncludedIndex, machine, sessions }: Snapshot): void {
    this.index = lastIncludedIndex;
    this.store = machine;
    this.latest.clear();
    for (const [client, { sequence }] of Object.entries(sessions))
      this.latest.set(client, sequence);
  }

  /** Begins again where a node has discarded the entries that come next. */
  skip(state: NodeState): void {
    const isGone = this.index < logOf(state).lastIncludedIndex;
    if (isGone && state.snapshot) this.begin(state.snapshot);
  }

  /** Executes the entry at the next index; gives its result, or undefined when it is not executed again. */
  next({ command, client, sequence = 0 }: Entry): string | null | undefined {
    this.index += 1;
    if (client !== undefined) {
      if ((this.latest.get(client) ?? 0) >= sequence) return undefined;
      this.latest.set(client, sequence);
    }
    const { store, result } = execute(this.store, command);
    this.store = store;
    return result;
  }
}

export const executedOnce: Property = {
  name: 'A command is executed once',
  paper: '§8, thesis §6.3',
  says: 'However often a command of a client is in the log, the state machine executes it once.',
  watch() {
    const nodes = new Map<NodeId, Executed>();
    return ({ step, node, state, lost, restarted }) => {
      const { lastApplied = 0 } = state;
      if (restarted || lost) nodes.delete(node);
      if (lost || !('machine' in state)) return undefined;
      const known = nodes.get(node);
      if (known && known.index === lastApplied) return undefined;
      const executed = known && known.index < lastApplied ? known : new Executed();
      nodes.set(node, executed);
      executed.skip(state);
      const log = logOf(state);
      while (executed.index < lastApplied) {
        const entry = log.entryAt(executed.index + 1);
        if (!entry) return undefined;
        executed.next(entry);
      }
      if (canonical(state.machine) === canonical(executed.store)) return undefined;
      const entries = sayValue(log.entriesFrom(1, lastApplied));
      return {
        earlier: { step, says: `${node} has applied ${entries}: ${sayValue(executed.store)}` },
        later: { step, says: `the machine of ${node} holds ${sayValue(state.machine)}` },
      };
    };
  },
};

export const answersAreResults: Property = {
  name: 'An answer is what came of the command',
  paper: '§8, thesis §6.3',
  says: 'A client is told what its command gave when it was executed, however late it is told.',
  watch() {
    const results = new Map<string, { readonly result: string | null; readonly fact: Fact }>();
    const nodes = new Map<NodeId, Executed>();
    return ({ step, node, state: after, lost, restarted, effects = [] }) => {
      const state = lost ?? after;
      if (restarted) nodes.delete(node);
      const executed = nodes.get(node) ?? new Executed();
      nodes.set(node, executed);
      executed.skip(state);
      const { lastApplied = 0 } = state;
      const log = logOf(state);
      // Of a step that ended in a crash only what it came to has happened: who is alone may commit, and apply, at once.
      const has = lost && new Set(effects.map((each) => each.type === 'apply' && each.index));
      while (executed.index < lastApplied) {
        if (has && !has.has(executed.index + 1)) break;
        const entry = log.entryAt(executed.index + 1);
        if (!entry) break;
        const result = executed.next(entry);
        const name = nameOf(entry);
        if (name === undefined || result === undefined || results.has(name)) continue;
        const says = `${entry.command} of ${entry.client ?? ''} gives ${sayValue(result)}`;
        results.set(name, { result, fact: { step, says } });
      }
      for (const effect of effects) {
        if (effect.type !== 'answer' || !effect.applied || isRead(effect.command)) continue;
        const name = nameOf(effect);
        const known = name === undefined ? undefined : results.get(name);
        if (!known || effect.result === undefined || effect.result === known.result) continue;
        const says = `${node} answers that ${effect.command} gave ${sayValue(effect.result)}`;
        return { earlier: known.fact, later: { step, says } };
      }
      return undefined;
    };
  },
};

export const readsAreFresh: Property = {
  name: 'A read sees what was committed before it',
  paper: '§8, thesis §6.4',
  says: 'A node answers a read only when it has applied all that was committed when the client asked.',
  watch() {
    let committed = { index: 0, fact: { step: 0, says: 'nothing is committed' } };
    const asked = new Map<string, typeof committed>();
    return ({ step, node, state: after, event, interrupted, lost, effects = [] }) => {
      const request = requestIn(event ?? interrupted);
      const name = request && isRead(request.command) ? nameOf(request) : undefined;
      if (name !== undefined && !asked.has(name)) asked.set(name, committed);
      const { lastApplied = 0, commitIndex: index = 0 } = lost ?? after;
      for (const effect of effects) {
        if (effect.type !== 'answer' || !effect.applied || !isRead(effect.command)) continue;
        const before = asked.get(nameOf(effect) ?? '');
        if (!before || lastApplied >= before.index) continue;
        const says = `${node} answers ${effect.command}, and has applied ${lastApplied}`;
        return { earlier: before.fact, later: { step, says } };
      }
      if (!lost && index > committed.index) {
        committed = { index, fact: { step, says: `${node} takes ${index} for committed` } };
      }
      return undefined;
    };
  },
};

export const votersKeepQuiet: Property = {
  name: 'Who hears from a leader votes for nobody',
  paper: 'thesis §4.2.3, §6.4.1',
  says: 'A node that has answered a leader grants no vote before one of its timers says that it has waited long enough.',
  watch() {
    const promised = new Map<NodeId, Fact>();
    return ({ step, node, event, interrupted, effects = [] }) => {
      const asked: Readonly<Record<string, unknown>> = { ...(event ?? interrupted) };
      // A leader that hands over (chapter 11) lets its voters off.
      const isOver = asked.type === 'TimeoutNow' || asked.transfer === true;
      const waited = asked.type === 'ContactTimeout' || asked.type === 'ElectionTimeout';
      if (isOver || waited) promised.delete(node);
      for (const effect of effects) {
        if (effect.type !== 'send') continue;
        const { message } = effect;
        const said: Readonly<Record<string, unknown>> = { ...message };
        const promise = promised.get(node);
        if (message.type === 'RequestVoteReply' && said.voteGranted === true && promise) {
          const says = `${node} votes for ${message.to} in term ${sayValue(said.term)}`;
          return { earlier: promise, later: { step, says } };
        }
        if (message.type === 'AppendEntriesReply' && said.term === asked.term) {
          const says = `${node} answers ${message.to}, the leader of term ${sayValue(said.term)}`;
          promised.set(node, { step, says });
        }
      }
      return undefined;
    };
  },
};
