// What a step does. A node is pure, so each of its steps is taken once and remembered.

import type { Sighting } from '../check/property.ts';
import { entriesOf, numberOf } from '../node/number.ts';
import type { Effect, Message, NodeEvent, NodeState } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { afterCrash, leftByCrash } from '../node/disk.ts';
import type { Timers } from './effects.ts';
import {
  crashPointsIn,
  everyTimer,
  expectReceivers,
  isHeard,
  started,
  timersIn,
  unchanged,
  written,
} from './effects.ts';
import { askedByAdministrator, Crashes, requestOf, restartEvent, timerOf } from './events.ts';
import type { Judge, Shown } from './judge.ts';
import { Interner } from './intern.ts';
import type { Problem } from './problem.ts';
import { askOf } from './problem.ts';
import { Standings } from './standings.ts';
import { Ints, PairMap } from './tables.ts';

/** What a step does, whatever the node has sent before. A class, since there are very many of them. */
export class Outcome {
  /** How the node stands after it, or `beyond` a bound. */
  readonly standing: number;
  /** In `shown`; 0 when there is nothing to see. */
  readonly shown: number;
  readonly timersOff: number;
  readonly timersOn: number;
  /** True after a crash. */
  readonly startsAgain: boolean;
  readonly sends: readonly number[];
  /** After how many of its effects a crash leaves something else than the step, or than no step at all. */
  readonly crashPoints: readonly number[];

  constructor(
    standing: number,
    shown: number,
    { off, on }: Timers,
    sends: readonly number[],
    crashPoints: readonly number[],
  ) {
    this.standing = standing;
    this.shown = shown;
    this.timersOff = off;
    this.timersOn = on;
    this.startsAgain = off === everyTimer;
    this.sends = sends;
    this.crashPoints = crashPoints;
  }
}

export const beyond = -1;

/** What is broken when a step throws an error. */
export const noStepThrows = 'No step throws an error';

/** Notices when a step would go otherwise if the nodes had other names. */
export interface NamingCheck {
  check(before: NodeState, event: NodeEvent, after: NodeState, effects: readonly Effect[]): void;
  checkStart(id: string, disk: Disk, after: NodeState): void;
}

/** Nothing of the kind, shared by very many outcomes. */
const none: readonly number[] = [];

export class Outcomes {
  readonly standings = new Standings();
  readonly messages = new Interner<Message>();
  readonly shown = new Interner<Shown>();
  readonly crashes = new Crashes();
  /** The rules that fired in some step within the bounds. */
  readonly fired = new Set<string>();
  /** Every step that was taken from one standing to another, as two numbers. */
  readonly stepsTaken = new Ints();
  naming: NamingCheck | undefined;

  private readonly problem: Problem;
  private readonly judge: Judge;
  private readonly outcomes: Outcome[] = [];
  private readonly outcomeOf = new PairMap();

  constructor(problem: Problem, judge: Judge) {
    this.problem = problem;
    this.judge = judge;
    this.shown.intern({ facts: [], claims: [] });
  }

  /** What an event does to a node that stands so. */
  of(standing: number, event: number): Outcome {
    const found = this.outcomeOf.find(standing, event);
    if (this.outcomeOf.isNew(found)) {
      this.outcomeOf.setAt(found, this.outcomes.push(this.take(standing, event)) - 1);
    }
    const outcome = this.outcomes[this.outcomeOf.valueAt(found)];
    if (!outcome) throw new Error('a remembered step is lost');
    return outcome;
  }

  /** The event behind a number; undefined for a restart, which is none. */
  event(number: number): NodeEvent | undefined {
    if (number >= 0) return this.messages.value(number);
    const nth = requestOf(number);
    const ask = nth > 0 && askOf(this.problem, nth);
    if (ask) return { type: 'ClientRequest', ...ask };
    return askedByAdministrator(number, this.problem.nodes) ?? timerOf(number)?.happens;
  }

  placeOf(id: string): number {
    return this.problem.nodes.indexOf(id);
  }

  get bytes(): number {
    return this.outcomeOf.bytes;
  }

  private take(standing: number, number: number): Outcome {
    try {
      if (number === restartEvent) return this.restart(standing);
      const crash = this.crashes.of(number);
      return crash
        ? this.handleHalf(standing, crash.event, crash.effects)
        : this.handle(standing, number);
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      if (this.problem.passesOverErrors) return new Outcome(beyond, 0, unchanged, none, none);
      const shown = this.shown.intern({ breaks: noStepThrows, facts: [], claims: [] });
      return new Outcome(standing, shown, unchanged, none, none);
    }
  }

  private handle(standing: number, number: number): Outcome {
    const { standings } = this;
    const [before, diskBefore] = [standings.stateOf(standing), standings.diskOf(standing)];
    const event = this.eventBehind(number);
    const { state, effects, fired = [] } = this.step(before, event);
    this.naming?.check(before, event, state, effects);
    const diskAfter = orStepError(() => written(diskBefore, effects));
    const after = this.standingAfter(standing, state, diskAfter);
    const timersAfter = timersIn(effects, timerOf(number)?.bit ?? 0);
    const points = crashPointsIn(effects);
    if (after === beyond) return new Outcome(beyond, 0, timersAfter, none, points);
    for (const { rule, refused } of fired) if (refused === undefined) this.fired.add(rule);
    const sends = this.sendsOf(effects);
    if (after === standing && !effects.some(isHeard)) {
      return new Outcome(after, 0, timersAfter, sends, points);
    }
    const shown = this.see(before, [
      { step: 1, node: state.id, state, event, effects, diskBefore, diskAfter },
    ]);
    return new Outcome(after, shown, timersAfter, sends, points);
  }

  private restart(standing: number): Outcome {
    const { standings } = this;
    const disk = afterCrash(standings.diskOf(standing));
    const state = this.start(standing, disk);
    const after = this.standingAfter(standing, state, disk);
    const isSeen = after !== beyond && after !== standing;
    const before = standings.stateOf(standing);
    const shown = isSeen ? this.see(before, [restarted(state, disk, 1)]) : 0;
    return new Outcome(after, shown, started, none, none);
  }

  private handleHalf(standing: number, number: number, count: number): Outcome {
    const { standings } = this;
    const [before, diskBefore] = [standings.stateOf(standing), standings.diskOf(standing)];
    const { state: lost, effects: all } = this.step(before, this.eventBehind(number));
    const effects = all.slice(0, count);
    const diskAfter = afterCrash(orStepError(() => written(diskBefore, effects)));
    const left = leftByCrash(before, diskBefore, diskAfter);
    const state = this.start(standing, diskAfter);
    const after = this.standingAfter(standing, state, diskAfter);
    if (after === beyond) return new Outcome(beyond, 0, started, none, none);
    const shown = this.see(before, [
      { step: 1, node: left.id, state: left, effects, lost, diskBefore, diskAfter },
      restarted(state, diskAfter, 2),
    ]);
    return new Outcome(after, shown, started, this.sendsOf(effects), none);
  }

  /** The node that its disk makes. */
  private start(standing: number, disk: Disk): NodeState {
    const { node, nodes } = this.problem;
    const { id } = this.standings.stateOf(standing);
    const others = nodes.filter((other) => other !== id);
    const after = orStepError(() => node.init(id, others, disk.synced));
    this.naming?.checkStart(id, disk, after);
    return after;
  }

  private step(before: NodeState, event: NodeEvent) {
    return orStepError(() => {
      const result = this.problem.node.step(before, event);
      expectReceivers(result.effects, this.problem.nodes);
      return result;
    });
  }

  private eventBehind(number: number): NodeEvent {
    const event = this.event(number);
    if (!event) throw new Error(`nothing happens at number ${number}`);
    return event;
  }

  /** The number of what a step leads to, or `beyond`. Remembers that there is such a step. */
  private standingAfter(before: number, state: NodeState, disk: Disk): number {
    const { bounds } = this.problem;
    const { standings } = this;
    if (numberOf(state) > bounds.terms || entriesOf(state) > bounds.log) return beyond;
    if (bounds.fields && isBeyond(state, bounds.fields)) return beyond;
    const sameDisk = disk === standings.diskOf(before);
    if (sameDisk && state === standings.stateOf(before)) return before;
    const after = standings.of(
      standings.states.intern(state),
      sameDisk ? standings.diskNumber(before) : standings.disks.intern(disk),
    );
    if (after !== before) {
      this.stepsTaken.push(before);
      this.stepsTaken.push(after);
    }
    return after;
  }

  private sendsOf(effects: readonly Effect[]): readonly number[] {
    const sends: number[] = [];
    for (const effect of effects) {
      if (effect.type === 'send') sends.push(this.messages.intern(effect.message));
    }
    return sends;
  }

  private see(before: NodeState, sightings: readonly Sighting[]): number {
    return this.shown.intern(this.judge.see(before, sightings));
  }
}

function isBeyond(state: NodeState, fields: Readonly<Record<string, number>>): boolean {
  return Object.entries(fields).some(([field, most]) => Number(Reflect.get(state, field)) > most);
}

/** What the node under search throws. */
class StepError extends Error {}

function orStepError<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch {
    throw new StepError();
  }
}

const restarted = (state: NodeState, disk: Disk, step: number): Sighting => ({
  step,
  node: state.id,
  state,
  diskBefore: disk,
  diskAfter: disk,
  restarted: true,
});
