// What one node can do next. A node is pure, so each of its steps is taken once and remembered: the rest of
// the search is looking up numbers.

import type {
  Effect,
  LocalEvent,
  Message,
  NodeEvent,
  NodeState,
  TimerName,
} from '../node/contract.ts';
import { Log } from '../log/log.ts';
import { numberOf } from '../node/number.ts';
import type { Judge, Shown } from './facts.ts';
import { Interner, IntSets } from './intern.ts';
import type { Problem } from './problem.ts';
import { Ints, PairMap, TupleTable } from './tables.ts';

/** A message is its number, from 0; the other events are below 0. */
export const restartEvent = -4;
/** The event of a client's request, by the number of its command. */
export const requestEvent = (nth: number) => -10 - nth;
/** The number of the command, from 1, or 0 when the event is no request. */
export const requestOf = (event: number) => (event < -10 ? -10 - event : 0);
export const commandOf = (nth: number) => `x=${nth}`;

const timers: readonly { name: TimerName; event: number; bit: number; happens: LocalEvent }[] = [
  { name: 'election', event: -1, bit: 1, happens: { type: 'ElectionTimeout' } },
  { name: 'heartbeat', event: -2, bit: 2, happens: { type: 'HeartbeatTimeout' } },
  { name: 'contact', event: -3, bit: 4, happens: { type: 'ContactTimeout' } },
];
export const timerOf = (event: number) => timers.find((timer) => timer.event === event);
/** Stands among the timers of a node that is down. */
const down = 8;

/** What a step does, whatever the node has sent before. */
export interface Outcome {
  /** The state after, or `beyond` a bound. */
  readonly state: number;
  readonly timersOff: number;
  readonly timersOn: number;
  readonly sends: readonly number[];
  /** In `shown`; 0 when there is nothing to see. */
  readonly shown: number;
}

export const beyond = -1;

/** How many entries a log has; with slots, the number of the last that holds one. */
const entriesOf = ({ log, slots = {} }: NodeState): number =>
  log ? Log.of(log).lastIndex : Math.max(0, ...Object.keys(slots).map(Number));

/** What is broken when a step throws an error. */
export const noStepThrows = 'No step throws an error';

/** Notices when a step would go otherwise if the nodes had other names. */
export interface NamingCheck {
  check(before: NodeState, event: NodeEvent, after: NodeState, sends: readonly Message[]): void;
}

export class Moves {
  readonly states = new Interner<NodeState>();
  readonly messages = new Interner<Message>();
  /** What one node has sent to one other. */
  readonly channels = new IntSets();
  /** A node as the world sees it: its state, its timers, and what it has sent to each other node. */
  readonly locals: TupleTable;
  readonly shown = new Interner<Shown>();
  /** True when a step was left out because it leads beyond the bounds. */
  bounded = false;
  naming: NamingCheck | undefined;

  private readonly problem: Problem;
  private readonly judge: Judge;
  /** Every step that was taken from one state to another, as two numbers. */
  readonly stepsTaken = new Ints();
  private readonly outcomes: Outcome[] = [];
  private readonly outcomeOf = new PairMap();
  /** Lists of moves, each its length and then three words a move: local after, shown, event. */
  private readonly pool = new Ints();
  private readonly byTimers = new Ints();
  private readonly byEvent = new PairMap();
  private readonly byChannel = new PairMap();
  private readonly tuple: Int32Array;

  constructor(problem: Problem, judge: Judge) {
    this.problem = problem;
    this.judge = judge;
    this.locals = new TupleTable(problem.nodes.length + 1);
    this.tuple = new Int32Array(problem.nodes.length + 1);
    this.shown.intern({ facts: [], claims: [] });
  }

  /** The number of a node as the world sees it; `sent` holds its messages, by receiver. */
  localOf(
    place: number,
    state: NodeState,
    running: readonly TimerName[],
    up: boolean,
    sent: readonly (readonly Message[])[],
  ): number {
    this.tuple[0] = this.states.intern(state);
    sent.forEach((messages, to) => {
      this.tuple[1 + to] = this.channels.intern(messages.map((each) => this.messages.intern(each)));
    });
    const bits = timers.filter(({ name }) => running.includes(name)).map(({ bit }) => bit);
    this.tuple[1 + place] = bits.reduce((sum, bit) => sum + bit, up ? 0 : down);
    return this.locals.intern(this.tuple);
  }

  stateOf(local: number): number {
    return this.locals.at(local, 0);
  }

  channel(local: number, to: number): number {
    return this.locals.at(local, 1 + to);
  }

  isDown(local: number, place: number): boolean {
    return (this.locals.at(local, 1 + place) & down) !== 0;
  }

  withChannel(local: number, to: number, channel: number): number {
    this.locals.read(local, this.tuple);
    this.tuple[1 + to] = channel;
    return this.locals.intern(this.tuple);
  }

  // A list of moves is known by where it begins.
  sizeOf(list: number): number {
    return this.pool.get(list);
  }
  localAfter(list: number, nth: number): number {
    return this.pool.get(list + 1 + nth * 3);
  }
  shownBy(list: number, nth: number): number {
    return this.pool.get(list + 2 + nth * 3);
  }
  eventOf(list: number, nth: number): number {
    return this.pool.get(list + 3 + nth * 3);
  }

  /** The moves when one of the node's timers runs out. */
  onTimers(local: number, place: number): number {
    const known = this.byTimers.get(local);
    if (known !== 0) return known - 1;
    const running = this.locals.at(local, 1 + place);
    const events = timers.filter(({ bit }) => running & bit).map(({ event }) => event);
    const list = this.listOf(local, place, events);
    this.byTimers.set(local, list + 1);
    return list;
  }

  /** The moves when the messages of a channel to this node arrive, one at a time. */
  onChannel(local: number, place: number, channel: number): number {
    const found = this.byChannel.find(local, channel);
    if (this.byChannel.isNew(found)) {
      const list = this.listOf(local, place, this.channels.membersOf(channel));
      this.byChannel.setAt(found, list);
    }
    return this.byChannel.valueAt(found);
  }

  /** The move on a request or a restart, if there is one. */
  onEvent(local: number, place: number, event: number): number {
    const found = this.byEvent.find(local, event);
    if (this.byEvent.isNew(found)) {
      const list = this.listOf(local, place, [event]);
      this.byEvent.setAt(found, list);
    }
    return this.byEvent.valueAt(found);
  }

  /** What the step on an event does in a state. */
  outcome(state: number, event: number): Outcome {
    const found = this.outcomeOf.find(state, event);
    if (this.outcomeOf.isNew(found)) {
      this.outcomeOf.setAt(found, this.outcomes.push(this.take(state, event)) - 1);
    }
    const outcome = this.outcomes[this.outcomeOf.valueAt(found)];
    if (!outcome) throw new Error('a remembered step is lost');
    return outcome;
  }

  /** The event behind a number; undefined for a restart, which is none. */
  event(number: number): NodeEvent | undefined {
    if (number >= 0) return this.messages.value(number);
    const nth = requestOf(number);
    if (nth > 0) return { type: 'ClientRequest', command: commandOf(nth) };
    return timerOf(number)?.happens;
  }

  get bytes(): number {
    const tables = [this.locals, this.channels, this.outcomeOf, this.byEvent, this.byChannel];
    return [...tables, this.pool, this.byTimers].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private listOf(local: number, place: number, events: readonly number[]): number {
    const list = this.pool.length;
    this.pool.push(0);
    for (const event of events) this.addMove(list, local, place, event);
    return list;
  }

  /** Adds a move to the list at the end of the pool, unless the event leads nowhere. */
  private addMove(list: number, local: number, place: number, event: number): void {
    const before = this.stateOf(local);
    const { state, timersOff, timersOn, sends, shown } = this.outcome(before, event);
    if (state === beyond) {
      this.bounded = true;
      return;
    }
    const running = this.locals.at(local, 1 + place);
    const timer = timerOf(event)?.bit ?? 0;
    const runningAfter =
      event === restartEvent ? timersOn : (running & ~timer & ~timersOff) | timersOn;
    // What only stops a timer makes nothing possible that was not possible before.
    const sameTimers = (runningAfter & ~running) === 0 && event !== restartEvent;
    this.locals.read(local, this.tuple);
    let changed = state !== before || !sameTimers || shown !== 0;
    for (const message of sends) {
      const to = 1 + this.placeOf(this.messages.value(message).to);
      const channel = this.tuple[to] ?? 0;
      const more = this.channels.with(channel, message);
      this.tuple[to] = more;
      changed ||= more !== channel;
    }
    if (!changed) return;
    this.tuple[0] = state;
    this.tuple[1 + place] = runningAfter;
    this.pool.set(list, this.pool.get(list) + 1);
    this.pool.push(this.locals.intern(this.tuple));
    this.pool.push(shown);
    this.pool.push(event);
  }

  private placeOf(id: string): number {
    return this.problem.nodes.indexOf(id);
  }

  private take(state: number, number: number): Outcome {
    const { node, nodes } = this.problem;
    const before = this.states.value(state);
    const event = this.event(number);
    if (!event) {
      const others = nodes.filter((id) => id !== before.id);
      return this.outcomeFrom(before, state, node.init(before.id, others), [], 0, 1);
    }
    let result;
    try {
      result = node.step(before, event);
      this.expectReceivers(result.effects);
    } catch {
      const shown = this.shown.intern({ breaks: noStepThrows, facts: [], claims: [] });
      return { state, timersOff: 0, timersOn: 0, sends: [], shown };
    }
    let [timersOff, timersOn] = [0, 0];
    const sends: Message[] = [];
    for (const effect of result.effects) {
      if (effect.type === 'send') sends.push(effect.message);
      if (effect.type !== 'restartTimer' && effect.type !== 'stopTimer') continue;
      const bit = timers.find(({ name }) => name === effect.timer)?.bit ?? 0;
      const on = effect.type === 'restartTimer';
      timersOn = on ? timersOn | bit : timersOn & ~bit;
      timersOff = on ? timersOff & ~bit : timersOff | bit;
    }
    this.naming?.check(before, event, result.state, sends);
    return this.outcomeFrom(before, state, result.state, sends, timersOff, timersOn);
  }

  private expectReceivers(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type !== 'send') continue;
      const { from, to } = effect.message;
      if (this.placeOf(to) < 0) throw new Error(`${from} sends to ${to}, which is no node`);
      if (from === to) throw new Error(`${from} sends to itself`);
    }
  }

  private outcomeFrom(
    before: NodeState,
    number: number,
    after: NodeState,
    sent: readonly Message[],
    timersOff: number,
    timersOn: number,
  ): Outcome {
    const { bounds } = this.problem;
    if (numberOf(after) > bounds.terms || entriesOf(after) > bounds.log) {
      return { state: beyond, timersOff, timersOn, sends: [], shown: 0 };
    }
    const state = after === before ? number : this.states.intern(after);
    const sends = sent.map((message) => this.messages.intern(message));
    if (state === number) return { state, timersOff, timersOn, sends, shown: 0 };
    this.stepsTaken.push(number);
    this.stepsTaken.push(state);
    const shown = this.shown.intern(this.judge.see(before, after));
    return { state, timersOff, timersOn, sends, shown };
  }
}
