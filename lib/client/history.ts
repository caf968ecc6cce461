// What clients saw in a run, operation by operation: read from the steps of the run, and from nothing else.

import type { Operation } from '../linearizability/history.ts';
import type { ClientCommand, Effect, NodeEvent } from '../node/contract.ts';

/** A step, as far as clients see it. */
export interface SeenByClients {
  readonly step: number;
  readonly event?: NodeEvent;
  /** What the node was handling when it crashed in the middle. */
  readonly interrupted?: NodeEvent;
  readonly effects?: readonly Effect[];
}

/** What a step was to clients. */
export interface Heard {
  /** An operation that begins. */
  readonly asked?: Operation;
  /** Operations that are answered for the first time. */
  readonly answered: readonly Required<Operation>[];
}

/** Whose command it is, in one word; undefined when no client is named. */
export const nameOf = ({ client, sequence }: Partial<ClientCommand>): string | undefined =>
  client === undefined || sequence === undefined ? undefined : `${client}.${sequence}`;

/** The request that a node handled; undefined when it was none. */
export const requestIn = (event: NodeEvent | undefined): ClientCommand | undefined =>
  event?.type === 'ClientRequest' && 'command' in event ? event : undefined;

/**
 * The history of a run. An operation begins when its client first asks, and is over when a node first answers what came
 * of it; one that is never answered may have happened or not. A command that no client is named for is an operation of its
 * own, and never answered.
 */
export class History {
  private readonly byName = new Map<string, Operation>();
  private unnamed = 0;

  /** All operations so far, in the order in which they began. */
  get operations(): readonly Operation[] {
    return [...this.byName.values()];
  }

  see({ step, event, interrupted, effects = [] }: SeenByClients): Heard {
    const answered: Required<Operation>[] = [];
    const asked = this.ask(requestIn(event ?? interrupted), step);
    for (const effect of effects) {
      if (effect.type !== 'answer' || !effect.applied || effect.result === undefined) continue;
      const name = nameOf(effect) ?? '';
      const operation = this.byName.get(name);
      if (!operation || operation.answered !== undefined) continue;
      const done = { ...operation, answered: step, result: effect.result };
      this.byName.set(name, done);
      answered.push(done);
    }
    return { ...(asked && { asked }), answered };
  }

  private ask(request: ClientCommand | undefined, step: number): Operation | undefined {
    if (!request) return undefined;
    const { command, client = 'somebody', sequence = ++this.unnamed } = request;
    const name = `${client}.${sequence}`;
    if (this.byName.has(name)) return undefined;
    const operation = { client, sequence, command, invoked: step };
    this.byName.set(name, operation);
    return operation;
  }
}
