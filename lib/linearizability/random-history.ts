// Histories for tests and measurements: clients of a simulated store that is linearizable, or slightly broken.

import type { Random } from '../cluster/random.ts';
import type { KeyValues } from '../machine/key-value.ts';
import { execute } from '../machine/key-value.ts';
import type { Operation } from './history.ts';

export interface Clients {
  readonly clients: number;
  readonly keys: number;
  /** How many operations all clients together ask for. */
  readonly operations: number;
  /** How many different values they write to a key. */
  readonly values: number;
  /** The chance that a client never hears what became of an operation. */
  readonly unknown: number;
  /** The chance that the store goes wrong at an operation: it forgets it, executes it twice, or looks at an old state. */
  readonly broken: number;
}

/** An operation on its way. */
interface Asked {
  readonly client: string;
  readonly sequence: number;
  readonly command: string;
  readonly invoked: number;
  result?: string | null;
}

/**
 * A history of clients that ask one thing at a time; each operation happens at one moment between its request and its
 * answer, or, when its outcome is unknown, later or never. Histories with `broken` 0 are linearizable.
 */
export function randomHistory(random: Random, settings: Clients): readonly Operation[] {
  const clients = Array.from({ length: settings.clients }, (_, at) => `K${at + 1}`);
  const current = new Map<string, Asked>();
  const sequences = new Map<string, number>();
  const strays: Asked[] = [];
  const history: Operation[] = [];
  let store: KeyValues = {};
  let old = store;
  let begun = 0;
  for (let position = 1; begun < settings.operations || current.size > 0; position++) {
    if (strays.length > 0 && random.chance(0.1)) {
      const late = random.pick(strays);
      strays.splice(strays.indexOf(late), 1);
      happen(late);
    }
    const client = random.pick(clients);
    const asked = current.get(client);
    if (!asked) ask(client, position);
    else if (random.chance(settings.unknown / 2)) giveUp(asked);
    else if (asked.result === undefined) happen(asked);
    else {
      history.push({ ...asked, answered: position, result: asked.result });
      current.delete(client);
    }
  }
  return history;

  function ask(client: string, position: number): void {
    if (begun === settings.operations) return;
    begun += 1;
    const sequence = (sequences.get(client) ?? 0) + 1;
    sequences.set(client, sequence);
    const command = randomCommand(random, settings);
    current.set(client, { client, sequence, command, invoked: position });
  }

  /** The client hears nothing of the operation, which may still happen. */
  function giveUp({ result, ...asked }: Asked): void {
    current.delete(asked.client);
    history.push(asked);
    if (result === undefined) strays.push(asked);
  }

  function happen(asked: Asked): void {
    const isBroken = random.chance(settings.broken);
    const how = isBroken ? random.pick(['forgets', 'twice', 'old'] as const) : 'once';
    const before = how === 'old' ? old : store;
    let done = execute(before, asked.command);
    asked.result = done.result;
    if (how === 'twice') done = execute(done.store, asked.command);
    if (random.chance(0.2)) old = store;
    if (how === 'once' || how === 'twice') store = done.store;
  }
}

function randomCommand(random: Random, { keys, values }: Clients): string {
  const key = String.fromCharCode('a'.charCodeAt(0) + random.between(0, keys - 1));
  const value = () => random.between(1, values);
  switch (random.between(1, 5)) {
    case 1:
      return `${key}=${value()}`;
    case 2:
      return `${key}+=${value()}`;
    case 3:
      return `${key}=${value()} if ${value()}`;
    default:
      return `${key}?`;
  }
}
