// The network of a simulated world: messages in flight, and the links that are cut.

import type { Message, NodeId } from '../node/contract.ts';
import type { Address, Envelope } from './step.ts';

/** An act that the world cannot do now. Its message says what there is instead. */
export class ImpossibleAct extends Error {}

export class Network {
  /** Messages sent and neither delivered nor lost, oldest first. */
  readonly flight: Envelope[] = [];
  private readonly cutLinks = new Set<string>();
  private lastId = 0;

  /** False while a message from one node to the other would be lost. */
  connected(from: NodeId, to: NodeId): boolean {
    return !this.cutLinks.has(link(from, to));
  }

  cut(from: NodeId, to: NodeId): void {
    this.cutLinks.add(link(from, to));
  }

  /** Cuts every link between nodes of different groups, and no other. Throws when a node is in no group. */
  partition(nodes: readonly NodeId[], groups: readonly (readonly NodeId[])[]): void {
    const groupOf = new Map(groups.flatMap((group, index) => group.map((id) => [id, index])));
    const missing = nodes.find((id) => !groupOf.has(id));
    if (missing !== undefined) throw new ImpossibleAct(`The partition leaves out ${missing}`);
    this.heal();
    for (const from of nodes) {
      for (const to of nodes) {
        if (groupOf.get(from) !== groupOf.get(to)) this.cut(from, to);
      }
    }
  }

  heal(): void {
    this.cutLinks.clear();
  }

  /** Puts a message in flight; over a cut link it is lost at once. */
  launch(message: Message, sentAt: number, latency: number): Envelope {
    const lost = !this.connected(message.from, message.to);
    const envelope = { id: ++this.lastId, message, sentAt, dueAt: sentAt + latency, lost };
    if (!lost) this.flight.push(envelope);
    return envelope;
  }

  /** Takes a message out of flight. Throws ImpossibleAct when it is not in flight. */
  takeOut(envelope: Envelope): void {
    const index = this.flight.indexOf(envelope);
    if (index < 0) throw new ImpossibleAct(`Message ${envelope.id} is not in flight`);
    this.flight.splice(index, 1);
  }

  /** The message at an address. Throws ImpossibleAct when none is in flight there. */
  find(address: Address): Envelope {
    const { type, from, to, nth = 1 } = address;
    const found = this.flight.filter(({ message }) => sameRoute(message, address))[nth - 1];
    if (found) return found;
    const all = this.flight.map(({ message: m }) => `${m.type} ${m.from}→${m.to}`);
    throw new ImpossibleAct(
      `No ${type} ${nth === 1 ? '' : `number ${nth} `}from ${from} to ${to} is in flight; ` +
        `in flight: ${all.join(', ') || 'nothing'}`,
    );
  }

  /** The address of a message in flight. */
  addressOf({ id, message }: Envelope): Address {
    let nth = 1;
    for (const other of this.flight) {
      if (other.id === id) break;
      if (sameRoute(other.message, message)) nth++;
    }
    const address = { type: message.type, from: message.from, to: message.to };
    return nth === 1 ? address : { ...address, nth };
  }
}

const link = (from: NodeId, to: NodeId) => `${from}>${to}`;

const sameRoute = (message: Message, route: Address) =>
  message.type === route.type && message.from === route.from && message.to === route.to;
