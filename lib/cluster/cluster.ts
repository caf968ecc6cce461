// The simulated world: nodes, their disks, messages in flight, timers, a virtual clock, and every fault.
// Nothing happens here by itself; a script or a seeded schedule calls the acts one by one.

import type {
  ClientCommand,
  Effect,
  Message,
  NodeEvent,
  NodeId,
  NodeState,
  RaftNode,
  Saved,
  TimerName,
} from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { afterWrite, leftByCrash } from '../node/disk.ts';
import { ImpossibleAct, Network } from './network.ts';
import { Place, timeoutEvent } from './place.ts';
import type { Act, Address, Envelope, Step } from './step.ts';
import type { ClockRates, Timing } from './timing.ts';

/** For each node, the fields in which it does not start fresh. */
export type Start = Readonly<Record<NodeId, Partial<NodeState>>>;

/** The acts in which a node handles an event. */
type NodeAct = Extract<Act, { type: 'deliver' | 'timeout' | 'request' | 'change' | 'transfer' }>;

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

export class Cluster {
  /** The virtual clock, in milliseconds since the start. It never goes back. */
  now = 0;
  readonly nodes: readonly NodeId[];
  private readonly node: RaftNode;
  private readonly timing: Timing;
  private readonly places = new Map<NodeId, Place>();
  private readonly network = new Network();

  /**
   * Starts a node for each name, with its election timer running (§5.2): fresh, or in the middle of
   * a story, with the given fields.
   */
  constructor(
    node: RaftNode,
    names: readonly NodeId[],
    timing: Timing,
    start: Start = {},
    clockRates: ClockRates = {},
  ) {
    this.node = node;
    this.timing = timing;
    this.nodes = names;
    for (const id of names) {
      const place = new Place(node, id, names, start[id], clockRates[id]);
      this.places.set(id, place);
      this.startTimer(place, 'election');
    }
  }

  /** Messages sent and neither delivered nor lost, oldest first. */
  get inFlight(): readonly Envelope[] {
    return this.network.flight;
  }

  stateOf(id: NodeId): NodeState {
    return this.place(id).state;
  }

  /** What a crash of the node would leave on its disk. */
  onDisk(id: NodeId): Saved {
    return this.place(id).disk.synced;
  }

  /** The disk itself, with what is not safe on it yet. */
  diskOf(id: NodeId): Disk {
    return this.place(id).disk;
  }

  isUp(id: NodeId): boolean {
    return this.place(id).up;
  }

  /** When the timer runs out, in virtual milliseconds; undefined when it is not running. */
  timerDue(id: NodeId, timer: TimerName): number | undefined {
    return this.place(id).timerDue(timer);
  }

  /** False while a message from one node to the other would be lost. */
  connected(from: NodeId, to: NodeId): boolean {
    return this.network.connected(from, to);
  }

  /** The message at an address. Throws ImpossibleAct when none is in flight there. */
  find(address: Address): Envelope {
    this.place(address.from);
    this.place(address.to);
    return this.network.find(address);
  }

  /** Lets the clock run on to a time, in virtual milliseconds; it never goes back. */
  advanceTo(time: number): void {
    this.now = Math.max(this.now, time);
  }

  /**
   * Hands a message to its receiver, no earlier than its latency allows. As in every step of a node,
   * it crashes in the middle, when `crashAfter` is given: after it has carried out so many effects.
   */
  deliver(envelope: Envelope, crashAfter?: number): Step {
    const { from, to } = envelope.message;
    if (!this.connected(from, to)) throw new ImpossibleAct(`The link from ${from} to ${to} is cut`);
    if (!this.place(to).up) throw new ImpossibleAct(`${to} is down and receives nothing`);
    const message = this.network.addressOf(envelope);
    this.network.takeOut(envelope);
    this.advanceTo(envelope.dueAt);
    return this.handle({ type: 'deliver', message }, crashAfter, to, envelope.message, envelope);
  }

  /** Loses a message. */
  drop(envelope: Envelope): Step {
    const message = this.network.addressOf(envelope);
    this.network.takeOut(envelope);
    return { act: { type: 'drop', message }, time: this.now, envelope };
  }

  /** Puts a second copy of a message in flight, as a network may. */
  duplicate(envelope: Envelope): Step {
    const message = this.network.addressOf(envelope);
    const copy = this.launch(envelope.message);
    return { act: { type: 'duplicate', message }, time: this.now, envelope, copy };
  }

  /** Lets a running timer run out, no earlier than it is due. */
  timeout(id: NodeId, timer: TimerName, crashAfter?: number): Step {
    const place = this.place(id);
    const dueAt = place.timerDue(timer);
    if (dueAt === undefined) throw new ImpossibleAct(`${id} has no ${timer} timer running`);
    place.stopTimer(timer);
    this.advanceTo(dueAt);
    return this.handle({ type: 'timeout', node: id, timer }, crashAfter, id, timeoutEvent[timer]);
  }

  /** A client sends a command to a node: the mere command, or with it who asks and how. */
  request(id: NodeId, asked: string | ClientCommand, crashAfter?: number): Step {
    this.expectUp(id);
    const request = typeof asked === 'string' ? { command: asked } : asked;
    const event: NodeEvent = { type: 'ClientRequest', ...request };
    return this.handle({ type: 'request', node: id, ...request }, crashAfter, id, event);
  }

  /** An administrator asks a node that these, and no others, shall be the voters. */
  change(id: NodeId, voters: readonly NodeId[], crashAfter?: number): Step {
    this.expectUp(id);
    if (voters.length === 0) throw new ImpossibleAct('A cluster needs at least one voter');
    voters.forEach((voter) => this.place(voter));
    const sorted = [...new Set(voters)].sort();
    const event: NodeEvent = { type: 'ChangeConfiguration', voters: sorted };
    return this.handle({ type: 'change', node: id, voters: sorted }, crashAfter, id, event);
  }

  /** An administrator asks a node that another one shall lead. */
  transfer(id: NodeId, target: NodeId, crashAfter?: number): Step {
    this.expectUp(id);
    this.place(target);
    const event: NodeEvent = { type: 'TransferLeadership', target };
    return this.handle({ type: 'transfer', node: id, target }, crashAfter, id, event);
  }

  /**
   * Cuts every link between nodes of different groups, and no other; messages sent over a cut link
   * are lost.
   */
  partition(...groups: readonly (readonly NodeId[])[]): Step {
    this.network.partition(this.nodes, groups);
    return {
      act: { type: 'partition', groups: groups.map((group) => [...group]) },
      time: this.now,
    };
  }

  /** Cuts the link in one direction only. */
  cut(from: NodeId, to: NodeId): Step {
    this.place(from);
    this.place(to);
    this.network.cut(from, to);
    return { act: { type: 'cut', from, to }, time: this.now };
  }

  /** Mends every link. */
  heal(): Step {
    this.network.heal();
    return { act: { type: 'heal' }, time: this.now };
  }

  /** Stops a node: its timers and what was not written are gone, and what reaches it is lost. */
  crash(id: NodeId): Step {
    const place = this.place(id);
    if (!place.up) throw new ImpossibleAct(`${id} is down already`);
    place.stop();
    return { act: { type: 'crash', node: id }, time: this.now, node: id };
  }

  /** Starts a crashed node again, with what its disk holds. */
  restart(id: NodeId): Step {
    const place = this.place(id);
    if (place.up) throw new ImpossibleAct(`${id} is up already`);
    const { state: before, disk } = place;
    place.startAgain();
    this.startTimer(place, 'election');
    return {
      act: { type: 'restart', node: id },
      time: this.now,
      node: id,
      before,
      after: place.state,
      diskBefore: disk,
      diskAfter: disk,
    };
  }

  private handle(
    act: NodeAct,
    crashAfter: number | undefined,
    id: NodeId,
    event: NodeEvent,
    envelope?: Envelope,
  ): Step {
    const place = this.place(id);
    const { state: before, disk: diskBefore } = place;
    const result = this.node.step(before, event);
    const { state, fired } = result;
    const crashes = crashAfter !== undefined;
    const effects = crashes ? result.effects.slice(0, crashAfter) : result.effects;
    const sent = this.perform(place, effects);
    if (crashes) place.stop();
    place.state = crashes ? leftByCrash(before, diskBefore, place.disk) : state;
    const step: Writable<Step> = {
      act: crashes ? { ...act, crashAfter } : act,
      time: this.now,
      node: id,
      event,
      before,
      after: place.state,
      diskBefore,
      diskAfter: place.disk,
      effects,
      sent,
    };
    // Not by spreading what may be absent: this is the busiest place of all.
    if (envelope) step.envelope = envelope;
    if (fired) step.fired = fired;
    if (crashes) step.lost = state;
    return step;
  }

  /** Carries out effects in their order; gives the envelopes of what was sent. */
  private perform(place: Place, effects: readonly Effect[]): Envelope[] {
    const sent: Envelope[] = [];
    for (const effect of effects) {
      switch (effect.type) {
        case 'persist':
          place.disk = afterWrite(place.disk, effect);
          break;
        case 'send':
          sent.push(this.launch(effect.message));
          break;
        case 'restartTimer':
          this.startTimer(place, effect.timer);
          break;
        case 'stopTimer':
          place.stopTimer(effect.timer);
          break;
        case 'apply':
        case 'answer':
          break;
      }
    }
    return sent;
  }

  private launch(message: Message): Envelope {
    this.place(message.to);
    return this.network.launch(message, this.now, this.timing.latency());
  }

  private startTimer(place: Place, timer: TimerName): void {
    place.startTimer(timer, this.now, this.timing[timer]());
  }

  private expectUp(id: NodeId): void {
    if (!this.place(id).up) throw new ImpossibleAct(`${id} is down and takes no request`);
  }

  private place(id: NodeId): Place {
    const place = this.places.get(id);
    if (!place)
      throw new ImpossibleAct(`There is no node ${id}; the nodes are ${this.nodes.join(', ')}`);
    return place;
  }
}
