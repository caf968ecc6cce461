// What one node can do next, with what it has sent so far: lists of moves, each made once. The rest of the search is
// looking up numbers.

import type { Message, NodeState, TimerName } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { anyChange, anyTransfer, changesAmong, down, timers, transfersAmong } from './events.ts';
import type { Judge } from './judge.ts';
import { IntSets } from './intern.ts';
import { beyond, Outcomes } from './outcomes.ts';
import type { Problem } from './problem.ts';
import { Ints, PairMap, TupleTable } from './tables.ts';

export class Moves {
  readonly outcomes: Outcomes;
  /** What one node has sent to one other. */
  readonly channels = new IntSets();
  /** A node as the world sees it: how it stands, its timers, and what it has sent to each other node. */
  readonly locals: TupleTable;
  /** True when a step was left out because it leads beyond the bounds. */
  bounded = false;

  /** Lists of moves, each its length and then three words a move: local after, shown, event. */
  private readonly pool = new Ints();
  private readonly byTimers = new Ints();
  private readonly byEvent = new PairMap();
  private readonly byChannel = new PairMap();
  private readonly byCrash = new PairMap();
  private readonly changes: readonly number[];
  private readonly transfers: readonly number[];
  private readonly tuple: Int32Array;

  constructor(problem: Problem, judge: Judge) {
    this.outcomes = new Outcomes(problem, judge);
    this.changes = changesAmong(problem.nodes.length);
    this.transfers = transfersAmong(problem.nodes.length);
    this.locals = new TupleTable(problem.nodes.length + 1);
    this.tuple = new Int32Array(problem.nodes.length + 1);
  }

  /** The number of a node as the world sees it; `sent` holds its messages, by receiver. */
  localOf(
    place: number,
    state: NodeState,
    disk: Disk,
    running: readonly TimerName[],
    up: boolean,
    sent: readonly (readonly Message[])[],
  ): number {
    const { standings, messages } = this.outcomes;
    this.tuple[0] = standings.intern(state, disk);
    sent.forEach((some, to) => {
      this.tuple[1 + to] = this.channels.intern(some.map((each) => messages.intern(each)));
    });
    const bits = timers.filter(({ name }) => running.includes(name)).map(({ bit }) => bit);
    this.tuple[1 + place] = bits.reduce((sum, bit) => sum + bit, up ? 0 : down);
    return this.locals.intern(this.tuple);
  }

  standingOf(local: number): number {
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
    const list = this.listOf(local, place, this.timeouts(local, place));
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

  /** The moves on a request or a restart, or on whatever change or transfer is asked for. */
  onEvent(local: number, place: number, event: number): number {
    const found = this.byEvent.find(local, event);
    if (this.byEvent.isNew(found)) {
      const list = this.listOf(local, place, this.eventsOf(event));
      this.byEvent.setAt(found, list);
    }
    return this.byEvent.valueAt(found);
  }

  /**
   * The moves when the node crashes in the middle of a step, and starts again. What happens to it is a
   * message of a channel, when that is given; a timeout, when 0 is; or else the event that is given.
   */
  onCrash(local: number, place: number, what: number): number {
    const found = this.byCrash.find(local, what);
    if (this.byCrash.isNew(found)) {
      const { crashes } = this.outcomes;
      const events =
        what > 0
          ? this.channels.membersOf(what)
          : what === 0
            ? this.timeouts(local, place)
            : this.eventsOf(what);
      const points = events.flatMap((event) =>
        this.outcomes
          .of(this.standingOf(local), event)
          .crashPoints.map((point) => crashes.numberOf(event, point)),
      );
      this.byCrash.setAt(found, this.listOf(local, place, points));
    }
    return this.byCrash.valueAt(found);
  }

  get bytes(): number {
    const lists = [this.pool, this.byTimers, this.byEvent, this.byChannel, this.byCrash];
    const tables = [this.locals, this.channels, this.outcomes];
    return [...tables, ...lists].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private eventsOf(event: number): readonly number[] {
    if (event === anyChange) return this.changes;
    return event === anyTransfer ? this.transfers : [event];
  }

  private timeouts(local: number, place: number): number[] {
    const running = this.locals.at(local, 1 + place);
    return timers.filter(({ bit }) => running & bit).map(({ event }) => event);
  }

  private listOf(local: number, place: number, events: readonly number[]): number {
    const list = this.pool.length;
    this.pool.push(0);
    for (const event of events) this.addMove(list, local, place, event);
    return list;
  }

  /** Adds a move to the list at the end of the pool, unless the event leads nowhere. */
  private addMove(list: number, local: number, place: number, event: number): void {
    const before = this.standingOf(local);
    const outcome = this.outcomes.of(before, event);
    const { standing, timersOff, timersOn, startsAgain, sends, shown } = outcome;
    if (standing === beyond) {
      this.bounded = true;
      return;
    }
    const running = this.locals.at(local, 1 + place);
    const runningAfter = (running & ~timersOff) | timersOn;
    // What only stops a timer makes nothing possible that was not possible before.
    const startsTimer = (runningAfter & ~running) !== 0;
    this.locals.read(local, this.tuple);
    let changed = standing !== before || startsTimer || startsAgain || shown !== 0;
    for (const message of sends) {
      const to = 1 + this.outcomes.placeOf(this.outcomes.messages.value(message).to);
      const channel = this.tuple[to] ?? 0;
      const more = this.channels.with(channel, message);
      this.tuple[to] = more;
      changed ||= more !== channel;
    }
    if (!changed) return;
    this.tuple[0] = standing;
    this.tuple[1 + place] = runningAfter;
    this.pool.set(list, this.pool.get(list) + 1);
    this.pool.push(this.locals.intern(this.tuple));
    this.pool.push(shown);
    this.pool.push(event);
  }
}
