// What a run took: how soon all follow one leader, how long requests take, how much is sent and written.

import { nameOf, requestIn } from '../client/history.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Step } from '../cluster/step.ts';
import { Log } from '../log/log.ts';
import type { Message, NodeId } from '../node/contract.ts';

/** What one run took. The figures are virtual milliseconds and counts; less is better. */
export interface Taken {
  /** In words, what a cluster must never come to; undefined when it came through. */
  readonly problem: string | undefined;
  /** True when the run was ended because its messages bred messages. */
  readonly flooded: boolean;
  readonly figures: Readonly<Record<Figure, number>>;
}

/** The figures, in the order in which they are told. */
export const figureNames = {
  leaderless: 'ms in which not all follow one leader',
  delay: 'ms from a request until all that are up have applied it',
  messages: 'messages sent',
  entries: 'entries in the messages sent',
  elections: 'times that a node became leader or started a term',
  misled: 'times that a client was sent to a node that does not lead',
} as const;

/**
 * The figures of the weathers in which clients ask that wait for their answers. They ask more than once, so how long a command
 * takes is told by its answer.
 */
export const clientFigureNames = {
  leaderless: figureNames.leaderless,
  messages: figureNames.messages,
  entries: figureNames.entries,
  elections: figureNames.elections,
  answer: 'ms from when a client first asks until it is answered',
  again: 'times that a client had to ask again',
  misled: figureNames.misled,
  kept: 'entries in the longest log of any node',
  writes: 'times that a node wrote to its disk',
  changing: 'ms until the members are those that were asked for',
} as const;

export type Figure = keyof typeof figureNames | keyof typeof clientFigureNames;

/** Beyond so many messages in flight a run is ended: its messages breed messages. */
const crowded = 400;

/** Counts the messages in flight of a run whose steps it sees. */
export class Tide {
  private flying = 0;

  /** False when there are too many. */
  see({ act, sent = [], copy }: Step): boolean {
    if (act.type === 'deliver' || act.type === 'drop') this.flying -= 1;
    for (const { lost } of sent) if (!lost) this.flying += 1;
    if (copy) this.flying += 1;
    return this.flying <= crowded;
  }
}

/** How many entries of the log a message carries. */
function entriesIn(message: Message): number {
  return 'entries' in message && Array.isArray(message.entries) ? message.entries.length : 0;
}

/** What clients have asked for, and how long they waited. */
class Waiting {
  private total = 0;
  private answered = 0;
  again = 0;
  private readonly askedAt = new Map<string, number>();
  private readonly done = new Set<string>();

  ask(name: string, time: number): void {
    if (this.askedAt.has(name)) this.again += 1;
    else this.askedAt.set(name, time);
  }

  hear(name: string, time: number): void {
    const asked = this.askedAt.get(name);
    if (asked === undefined || this.done.has(name)) return;
    this.done.add(name);
    this.answered += 1;
    this.total += time - asked;
  }

  get average(): number {
    return this.answered === 0 ? 0 : Math.round(this.total / this.answered);
  }
}

/** For how long the members are not those that were asked for last. */
class Changing {
  private wanted: string | undefined;
  private since = 0;
  private total = 0;

  see({ event, after, time }: Step): void {
    if (event?.type === 'ChangeConfiguration' && 'voters' in event && this.wanted === undefined) {
      this.wanted = JSON.stringify([event.voters]);
      this.since = time;
    }
    if (this.wanted === undefined) return;
    const { role, configuration } = after ?? {};
    if (role !== 'leader' || JSON.stringify(configuration) !== this.wanted) return;
    this.total += time - this.since;
    this.wanted = undefined;
  }

  until(time: number): number {
    return this.total + (this.wanted === undefined ? 0 : time - this.since);
  }
}

/** Measures a run whose steps it sees. */
export class Meter {
  flooded = false;
  private readonly changing = new Changing();
  private writes = 0;
  private readonly waiting = new Waiting();
  private kept = 0;
  private readonly tide = new Tide();
  private messages = 0;
  private entries = 0;
  private elections = 0;
  private leaderless = 0;
  private misled = 0;
  private led = false;
  private since = 0;
  private readonly cluster: Cluster;
  private readonly askedAt = new Map<string, number>();
  /** For each command, by whom it was applied, and when for the last time. */
  private readonly applied = new Map<string, { readonly by: Set<NodeId>; at: number }>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  see(step: Step): void {
    if (!this.tide.see(step)) this.flooded = true;
    const { node, event, before, after, effects = [], time } = step;
    if (node === undefined || !before || !after) return;
    if (
      event?.type === 'ClientRequest' &&
      'command' in event &&
      typeof event.command === 'string'
    ) {
      this.askedAt.set(event.command, time);
    }
    this.changing.see(step);
    const asked = requestIn(event);
    const name = asked && nameOf(asked);
    if (name !== undefined) this.waiting.ask(name, time);
    if (after.log !== before.log && after.log !== undefined) {
      const { lastIndex, lastIncludedIndex } = Log.of(after.log);
      this.kept = Math.max(this.kept, lastIndex - lastIncludedIndex);
    }
    for (const effect of effects) {
      if (effect.type === 'send') {
        this.messages += 1;
        this.entries += entriesIn(effect.message);
      }
      if (effect.type === 'persist') this.writes += 1;
      if (effect.type === 'answer') {
        if (effect.applied) this.waiting.hear(nameOf(effect) ?? '', time);
        else if (this.isMisleading(effect)) this.misled += 1;
      }
      if (effect.type !== 'apply') continue;
      const known = this.applied.get(effect.command) ?? { by: new Set<NodeId>(), at: 0 };
      known.by.add(node);
      known.at = time;
      this.applied.set(effect.command, known);
    }
    const stands = after.role === 'leader' || after.role === 'candidate';
    const newTerm = stands && (before.currentTerm ?? 0) < (after.currentTerm ?? 0);
    if (newTerm || (after.role === 'leader' && before.role !== 'leader')) this.elections += 1;
    if (before.role !== after.role || before.currentTerm !== after.currentTerm) this.look(time);
  }

  taken(error: string | undefined): Taken {
    const { cluster, messages, entries, elections } = this;
    this.look(cluster.now);
    if (!this.led) this.leaderless += cluster.now - this.since;
    const up = cluster.nodes.filter((id) => cluster.isUp(id));
    const delays = [...this.applied].flatMap(([command, { by, at }]) => {
      const asked = this.askedAt.get(command);
      return asked !== undefined && up.every((id) => by.has(id)) ? [at - asked] : [];
    });
    const total = delays.reduce((sum, delay) => sum + delay, 0);
    const delay = delays.length === 0 ? 0 : Math.round(total / delays.length);
    const { leaderless, kept, writes, misled } = this;
    const changing = this.changing.until(cluster.now);
    const { average: answer, again } = this.waiting;
    return {
      problem: error ?? this.problem(delays.length),
      flooded: this.flooded,
      figures: {
        leaderless,
        delay,
        messages,
        entries,
        elections,
        answer,
        again,
        misled,
        kept,
        writes,
        changing,
      },
    };
  }

  /** True when a client is told of a leader that does not lead. */
  private isMisleading({ command, leaderId }: { command: string; leaderId: NodeId | null }) {
    if (leaderId === null || !this.askedAt.has(command)) return false;
    return !this.cluster.isUp(leaderId) || this.cluster.stateOf(leaderId).role !== 'leader';
  }

  private problem(done: number): string | undefined {
    if (this.flooded) {
      return `more than ${crowded} messages are in flight at once, because messages breed messages`;
    }
    if (!this.led) return 'at the end, not all who are up follow one leader';
    const keepsRequests = this.cluster.stateOf(this.cluster.nodes[0] ?? '').log !== undefined;
    return keepsRequests && done === 0 ? 'no request is applied by all who are up' : undefined;
  }

  /** Notes whether all who are up now follow one leader, in whatever terms a chapter has. */
  private look(time: number): void {
    const up = this.cluster.nodes.filter((id) => this.cluster.isUp(id));
    const states = up.map((id) => this.cluster.stateOf(id));
    const leaders = states.filter(({ role }) => role === 'leader');
    const [first] = leaders;
    const led =
      leaders.length === 1 &&
      states.every(
        ({ role, currentTerm }) =>
          (role === 'leader' || role === 'follower') && currentTerm === first?.currentTerm,
      );
    if (led === this.led) return;
    if (led) this.leaderless += time - this.since;
    this.led = led;
    this.since = time;
  }
}
