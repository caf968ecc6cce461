// How a scenario drives the world by hand: one call, one step, messages named by their address.

import type { ClientCommand, Message, NodeId, TimerName } from '../node/contract.ts';
import type { Cluster } from './cluster.ts';
import type { Act, Address, Step } from './step.ts';

export interface Question {
  /** Asked before the step is shown. */
  readonly asks: string;
  readonly answer: string;
}

/** What the narrator says at a step. */
export interface Narration {
  readonly note?: string;
  readonly question?: Question;
  /** True for a step that only leads up to what the scenario is about. */
  readonly prologue?: boolean;
}

export type NarratedStep = Step & Narration;

/** Carries out one act. Throws ImpossibleAct when the world cannot do it now. */
export function perform(cluster: Cluster, act: Act): Step {
  switch (act.type) {
    case 'deliver':
      return cluster.deliver(cluster.find(act.message), act.crashAfter);
    case 'drop':
      return cluster.drop(cluster.find(act.message));
    case 'duplicate':
      return cluster.duplicate(cluster.find(act.message));
    case 'timeout':
      return cluster.timeout(act.node, act.timer, act.crashAfter);
    case 'request':
      return cluster.request(act.node, askedIn(act), act.crashAfter);
    case 'change':
      return cluster.change(act.node, act.voters, act.crashAfter);
    case 'transfer':
      return cluster.transfer(act.node, act.target, act.crashAfter);
    case 'partition':
      return cluster.partition(...act.groups);
    case 'cut':
      return cluster.cut(act.from, act.to);
    case 'heal':
      return cluster.heal();
    case 'crash':
      return cluster.crash(act.node);
    case 'restart':
      return cluster.restart(act.node);
  }
}

/** What the client asks for in a request. */
function askedIn({ command, client, sequence, read }: Extract<Act, { type: 'request' }>) {
  return {
    command,
    ...(client !== undefined && { client }),
    ...(sequence !== undefined && { sequence }),
    ...(read !== undefined && { read }),
  };
}

/** What a later chapter adds to the elections of an earlier script. */
export interface AroundElection {
  before(node: NodeId): void;
  after(node: NodeId): void;
}

/** The pen of a scripted scenario. A note or question belongs to the act that follows it. */
export class Script {
  /** The world that the script drives, to look at. */
  readonly cluster: Cluster;
  private readonly onStep: (step: NarratedStep) => void;
  private narration: Narration = {};
  private inPrologue = false;
  private aroundElection: AroundElection | undefined;
  private crashNext: number | undefined;
  /** What is to be told at the step at which this node stands for election. */
  private held: { readonly node: NodeId; readonly narration: Narration } | undefined;

  constructor(cluster: Cluster, onStep: (step: NarratedStep) => void) {
    this.cluster = cluster;
    this.onStep = onStep;
  }

  /** What the narrator says at the next step. */
  note(note: string): void {
    this.narration = { ...this.narration, note };
  }

  /** A question to the reader, asked before the next step is shown. */
  ask(asks: string, answer: string): void {
    this.narration = { ...this.narration, question: { asks, answer } };
  }

  /**
   * The node that handles the next act crashes in the middle of it: after it has carried out so many
   * of its effects.
   */
  crashAfter(effects: number): void {
    this.crashNext = effects;
  }

  /** Delivers the oldest message of a type between two nodes, or the nth oldest. */
  deliver(type: string, from: NodeId, to: NodeId, nth = 1): void {
    this.act({ type: 'deliver', message: address(type, from, to, nth) });
  }

  drop(type: string, from: NodeId, to: NodeId, nth = 1): void {
    this.act({ type: 'drop', message: address(type, from, to, nth) });
  }

  duplicate(type: string, from: NodeId, to: NodeId, nth = 1): void {
    this.act({ type: 'duplicate', message: address(type, from, to, nth) });
  }

  /** Delivers every message that is in flight now, oldest first, but not those they cause. */
  deliverAll(): void {
    for (const { message } of [...this.cluster.inFlight]) {
      this.deliver(message.type, message.from, message.to);
    }
  }

  /** Loses every message that is in flight now. */
  dropAll(): void {
    for (const { message } of [...this.cluster.inFlight]) {
      this.drop(message.type, message.from, message.to);
    }
  }

  /**
   * Delivers every message in flight and all that they cause, until nothing is left; with nodes
   * named, only what goes from one of them to another.
   */
  settle(...among: NodeId[]): void {
    const concerned = ({ from, to }: Message) =>
      among.length === 0 || (among.includes(from) && among.includes(to));
    for (let count = 0; ; count++) {
      const next = this.cluster.inFlight.find(({ message }) => concerned(message));
      if (!next) return;
      if (count > 10_000) throw new Error('the messages in flight never come to an end');
      const { type, from, to } = next.message;
      this.deliver(type, from, to);
    }
  }

  /** Steps that lead up to what the scenario is about; pages and diagrams show them in short. */
  prologue(steps: () => void): void {
    const { inPrologue } = this;
    this.inPrologue = true;
    steps();
    this.inPrologue = inPrologue;
  }

  /** Lets a node's election timer run out, or another of its timers. */
  timeout(node: NodeId, timer: TimerName = 'election'): void {
    const timeout: Act = { type: 'timeout', node, timer };
    const around = this.aroundElection;
    if (!around || timer !== 'election' || this.cluster.stateOf(node).role === 'leader') {
      return this.act(timeout);
    }
    this.held = { node, narration: this.told() };
    this.prologue(() => {
      around.before(node);
      this.act(timeout);
      around.after(node);
    });
    const { note, question } = this.held?.narration ?? {};
    if (note !== undefined || question) throw new Error(`${node} did not stand for election`);
    this.held = undefined;
  }

  /**
   * From here on, does more just before and just after each election timeout of a node. What was to
   * be told of the timeout is told where the node stands for election.
   */
  aroundElections(around: AroundElection): void {
    this.aroundElection = around;
  }

  /** A client asks a node: the mere command, or with it who asks and how. */
  request(node: NodeId, asked: string | ClientCommand): void {
    const request = typeof asked === 'string' ? { command: asked } : asked;
    this.act({ type: 'request', node, ...request });
  }

  /** An administrator asks a node that these, and no others, shall be the voters. */
  change(node: NodeId, ...voters: NodeId[]): void {
    this.act({ type: 'change', node, voters: [...voters].sort() });
  }

  /** An administrator asks a node that another one shall lead. */
  transfer(node: NodeId, target: NodeId): void {
    this.act({ type: 'transfer', node, target });
  }

  partition(...groups: NodeId[][]): void {
    this.act({ type: 'partition', groups });
  }

  /** Cuts the link in one direction only. */
  cut(from: NodeId, to: NodeId): void {
    this.act({ type: 'cut', from, to });
  }

  heal(): void {
    this.act({ type: 'heal' });
  }

  crash(node: NodeId): void {
    this.act({ type: 'crash', node });
  }

  restart(node: NodeId): void {
    this.act({ type: 'restart', node });
  }

  private act(act: Act): void {
    const step = perform(this.cluster, this.withCrash(act));
    const { held } = this;
    if (held && step.node === held.node && step.after?.role === 'candidate') {
      this.held = undefined;
      this.onStep({ ...step, ...held.narration });
    } else {
      this.onStep({ ...step, ...this.told() });
    }
  }

  /** The act with the crash that it was to be cut short by. */
  private withCrash(act: Act): Act {
    const crashAfter = this.crashNext;
    if (crashAfter === undefined) return act;
    this.crashNext = undefined;
    const isHandled =
      act.type === 'deliver' ||
      act.type === 'timeout' ||
      act.type === 'request' ||
      act.type === 'change' ||
      act.type === 'transfer';
    if (isHandled) return { ...act, crashAfter };
    throw new Error(`expected an act that a node handles after crashAfter, found ${act.type}`);
  }

  /** Takes what is to be told at a step; the next step begins anew. */
  private told(): Narration {
    const told = { ...this.narration, ...(this.inPrologue && { prologue: true }) };
    this.narration = {};
    return told;
  }
}

const address = (type: string, from: NodeId, to: NodeId, nth: number): Address =>
  nth === 1 ? { type, from, to } : { type, from, to, nth };
