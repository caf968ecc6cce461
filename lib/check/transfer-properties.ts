// What a node owes the others when a leader hands over, step by step.

import { Log } from '../log/log.ts';
import { isRead } from '../machine/key-value.ts';
import type { NodeId } from '../node/contract.ts';
import { logOf } from '../node/log-of.ts';
import type { Property } from './property.ts';

export const successorIsComplete: Property = {
  name: 'A successor stores the whole log',
  paper: 'thesis §3.10',
  says: 'A leader tells another to stand for election only when that one stores all that it stores.',
  watch() {
    const logs = new Map<NodeId, Log>();
    return ({ step, node, state, lost, effects = [] }) => {
      const log = logOf(lost ?? state);
      logs.set(node, logOf(state));
      for (const effect of effects) {
        if (effect.type !== 'send' || effect.message.type !== 'TimeoutNow') continue;
        const { to } = effect.message;
        const other = logs.get(to) ?? Log.empty;
        if (other.mayHold(log.lastIndex, log.lastTerm)) continue;
        return {
          earlier: { step, says: `the log of ${node} ends at ${log.lastIndex}` },
          later: {
            step,
            says: `${node} tells ${to}, whose log ends at ${other.lastIndex}, to stand for election`,
          },
        };
      }
      return undefined;
    };
  },
};

export const noLeaseAfterTransfer: Property = {
  name: 'A lease ends with a transfer',
  paper: 'thesis §3.10, §6.4.1',
  says: 'Who has told another to stand for election answers no read from a lease in that term.',
  watch() {
    const told = new Map<NodeId, { step: number; term: number; to: NodeId }>();
    return ({ step, node, state, event, effects = [] }) => {
      const { currentTerm: term = 0 } = state;
      const before = told.get(node);
      for (const effect of effects) {
        if (effect.type === 'send' && effect.message.type === 'TimeoutNow') {
          told.set(node, { step, term, to: effect.message.to });
        }
        if (effect.type !== 'answer' || !effect.applied || before?.term !== term) continue;
        const byLease =
          event && 'read' in event && event.read === 'lease' && isRead(effect.command);
        if (!byLease || effect.sequence !== sequenceOf(event)) continue;
        // What was executed in the log before is told again.
        if (sequenceOf(sessionOf(state, effect.client)) === effect.sequence) continue;
        return {
          earlier: { step: before.step, says: `${node} tells ${before.to} to stand for election` },
          later: { step, says: `${node} answers ${effect.command} at once` },
        };
      }
      return undefined;
    };
  },
};

const sequenceOf = (told: unknown): unknown =>
  typeof told === 'object' && told !== null && 'sequence' in told ? told.sequence : undefined;

/** What a node knows of a client. */
function sessionOf(state: object, client = ''): unknown {
  const { sessions = {} }: { sessions?: object } = state;
  return new Map<string, unknown>(Object.entries(sessions)).get(client);
}

export const standsForItsLeader: Property = {
  name: 'Nobody stands for a former leader',
  paper: '§5.1, thesis §3.10',
  says: 'A node stands for election at once only when the leader of its own term asks for that.',
  watch() {
    const terms = new Map<NodeId, number>();
    return ({ step, node, state: { currentTerm = 0 }, event }) => {
      const before = terms.get(node);
      terms.set(node, currentTerm);
      const asked = event?.type === 'TimeoutNow' && 'term' in event ? event.term : undefined;
      if (before === undefined || typeof asked !== 'number') return undefined;
      if (asked >= before || currentTerm === before) return undefined;
      return {
        earlier: {
          step,
          says: `${node} is in term ${before}, and a leader of term ${asked} asks it`,
        },
        later: { step, says: `${node} starts term ${currentTerm}` },
      };
    };
  },
};
