// A node whose every answer is checked against the contract, so that a mistake in the form of an answer is told as such
// and does not surface later as something else.

import type { NodeId, NodeState, RaftNode, StepResult } from '../node/contract.ts';
import { SubmissionError } from './sandbox/claims.ts';

const roles: readonly unknown[] = [
  ...['follower', 'pre-candidate', 'candidate', 'leader'],
  ...['acceptor', 'preparing', 'proposing'],
];
const timers: readonly unknown[] = ['election', 'heartbeat', 'contact'];

/** The same node; throws SubmissionError where an answer is none that a node may give. */
export function checked(node: RaftNode): RaftNode {
  // Whom a node sends to may change (chapter 11), but all nodes are there from the start.
  const known = new Set<NodeId>();
  return {
    init(id, peers, saved) {
      known.add(id);
      for (const name of peers) known.add(name);
      const state = node.init(id, peers, saved);
      checkState(state, id);
      return state;
    },
    step(before, event) {
      const result = node.step(before, event);
      checkState(result.state, before.id);
      for (const name of before.peers) known.add(name);
      checkEffects(result, before.id, known);
      return result;
    },
  };
}

const expected = (what: string, found: unknown) =>
  new SubmissionError(`expected ${what}, found ${JSON.stringify(found)}`);

function checkState(state: unknown, id: NodeId): asserts state is NodeState {
  if (!isRecord(state)) throw expected('a state', state);
  if (state.id !== id) throw expected(`the state to keep its id ${id}`, state.id);
  if (!roles.includes(state.role)) throw expected('a role of a node', state.role);
  if (!isTexts(state.peers)) throw expected('the peers to be a list of names', state.peers);
  for (const field of ['currentTerm', 'commitIndex', 'lastApplied']) {
    const value = state[field];
    if (value !== undefined && !Number.isSafeInteger(value)) {
      throw expected(`${field} to be a whole number`, value);
    }
  }
}

function checkEffects(
  { effects }: StepResult<unknown>,
  id: NodeId,
  known: ReadonlySet<NodeId>,
): void {
  for (const effect of effects as readonly unknown[]) {
    if (!isRecord(effect)) throw expected('an effect', effect);
    switch (effect.type) {
      case 'send': {
        const { message } = effect;
        if (!isRecord(message) || typeof message.type !== 'string') {
          throw expected('a message with a type', message);
        }
        if (message.from !== id) throw expected(`a message from ${id}`, message.from);
        if (typeof message.to !== 'string' || !(message.to === id || known.has(message.to))) {
          const others = [...known].filter((name) => name !== id);
          throw expected(`a message to one of ${others.join(', ')}`, message.to);
        }
        break;
      }
      case 'restartTimer':
      case 'stopTimer':
        if (!timers.includes(effect.timer)) throw expected('a timer', effect.timer);
        break;
      case 'persist':
        checkWrite(effect.fields);
        break;
      case 'apply':
        if (!Number.isSafeInteger(effect.index) || typeof effect.command !== 'string') {
          throw expected('an index and a command to apply', effect);
        }
        break;
      case 'answer':
        if (typeof effect.command !== 'string' || typeof effect.applied !== 'boolean') {
          throw expected('an answer with its command and whether it was applied', effect);
        }
        break;
      default:
        throw expected('a known type of effect', effect.type);
    }
  }
}

function checkWrite(fields: unknown): void {
  if (!isRecord(fields)) throw expected('the fields that are written to disk', fields);
  const { currentTerm, votedFor, log } = fields;
  if (currentTerm !== undefined && !Number.isSafeInteger(currentTerm)) {
    throw expected('a whole number as the currentTerm on disk', currentTerm);
  }
  if (votedFor !== undefined && votedFor !== null && typeof votedFor !== 'string') {
    throw expected('a name or null as the votedFor on disk', votedFor);
  }
  if (log === undefined) return;
  const isIndex = (value: unknown) => value === undefined || Number.isSafeInteger(value);
  if (!isRecord(log) || !isIndex(log.upTo) || !isIndex(log.from)) {
    throw expected('a write to the log with upTo, or from and entries', log);
  }
  if (log.entries !== undefined && !(Array.isArray(log.entries) && log.entries.every(isEntry))) {
    throw expected('entries with a term and a command', log.entries);
  }
}

const isEntry = (value: unknown): boolean =>
  isRecord(value) && Number.isSafeInteger(value.term) && typeof value.command === 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
