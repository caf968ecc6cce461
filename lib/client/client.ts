// Simulated clients: each asks for one thing at a time, goes where it is sent, and asks again when it hears nothing.

import type { Cluster } from '../cluster/cluster.ts';
import type { Random } from '../cluster/random.ts';
import type { Asking, CrashWithin } from '../cluster/schedule.ts';
import type { Step } from '../cluster/step.ts';
import { keyOf } from '../machine/key-value.ts';
import type { ClientCommand, Effect, NodeId } from '../node/contract.ts';

/** All times are virtual milliseconds. */
export interface Habits {
  /** The keys that it reads and writes. */
  readonly keys: readonly string[];
  /** How it may read without the log; it also reads through the log. */
  readonly reads: readonly ('index' | 'lease')[];
  /** The longest pause between an answer and its next command. */
  readonly pause: number;
  /** The longest that it waits for an answer before it asks again; at least a third of that. */
  readonly patience: number;
  /** The chance, from 0 to 1, that an answer is lost on its way to it. */
  readonly deaf: number;
}

const usual: Habits = {
  keys: ['x', 'y'],
  reads: ['index', 'lease'],
  pause: 40,
  patience: 300,
  deaf: 0,
};

type Answer = Extract<Effect, { type: 'answer' }>;

class Client {
  readonly name: string;
  /** When it asks next, unless it is answered before. */
  dueAt: number;
  /** When it last heard what came of a command. */
  answeredAt = 0;
  /** True once answers are lost no more. */
  hearsAll = false;
  private readonly random: Random;
  private readonly habits: Habits;
  private sequence = 0;
  /** What it waits for. */
  private waiting: ClientCommand;
  /** Where it was sent, or was answered last. */
  private leader: NodeId | null = null;
  /** What it last heard that a key holds. */
  private readonly heard = new Map<string, string>();

  constructor(name: string, random: Random, habits: Habits) {
    this.name = name;
    this.random = random;
    this.habits = habits;
    this.waiting = this.nextCommand();
    this.dueAt = random.between(1, habits.pause);
  }

  ask(cluster: Cluster, crashWithin: CrashWithin): Step | undefined {
    const { patience } = this.habits;
    this.dueAt = cluster.now + this.random.between(Math.ceil(patience / 3), patience);
    const up = cluster.nodes.filter((id) => cluster.isUp(id));
    if (up.length === 0) return undefined;
    const { leader } = this;
    const node = leader !== null && up.includes(leader) ? leader : this.random.pick(up);
    // Who does not answer is not the one to ask again.
    this.leader = null;
    return cluster.request(node, this.waiting, crashWithin(node));
  }

  see({ node, effects = [], time }: Step): void {
    for (const effect of effects) {
      if (effect.type !== 'answer' || effect.client !== this.name) continue;
      if (effect.sequence !== this.waiting.sequence || node === undefined) continue;
      const isLost = !this.hearsAll && this.random.chance(this.habits.deaf);
      if (!isLost) this.hear(effect, node, time);
    }
  }

  private hear({ applied, leaderId, result }: Answer, node: NodeId, time: number): void {
    this.leader = applied ? node : leaderId;
    if (!applied) {
      // Who knows no leader may know one a little later.
      this.dueAt = time + (leaderId === null ? this.random.between(10, 50) : 1);
      return;
    }
    const { command } = this.waiting;
    if (typeof result === 'string' && !command.includes(' if ')) {
      this.heard.set(keyOf(command) ?? '', result);
    }
    this.answeredAt = time;
    this.waiting = this.nextCommand();
    this.dueAt = time + this.random.between(1, this.habits.pause);
  }

  private nextCommand(): ClientCommand {
    const { random, name: client } = this;
    const sequence = (this.sequence += 1);
    const key = random.pick(this.habits.keys);
    const value = `${client}${sequence}`;
    const kind = random.between(1, 10);
    if (kind <= 2) return { command: `${key}=${value}`, client, sequence };
    if (kind <= 5) return { command: `${key}+=${value}`, client, sequence };
    const expected = this.heard.get(key);
    if (kind === 6 && expected !== undefined) {
      return { command: `${key}=${value} if ${expected}`, client, sequence };
    }
    const read = this.habits.reads[random.between(0, this.habits.reads.length)];
    return { command: `${key}?`, client, sequence, ...(read && { read }) };
  }
}

/** All clients of a run. They draw what they do from the chance that they are given. */
export class Clients implements Asking {
  private readonly clients: readonly Client[];

  constructor(names: readonly string[], random: Random, habits: Partial<Habits> = {}) {
    this.clients = names.map((name) => new Client(name, random, { ...usual, ...habits }));
  }

  get dueAt(): number {
    return Math.min(...this.clients.map(({ dueAt }) => dueAt));
  }

  ask(cluster: Cluster, crashWithin: CrashWithin): Step | undefined {
    const { dueAt } = this;
    return this.clients.find((client) => client.dueAt === dueAt)?.ask(cluster, crashWithin);
  }

  see(step: Step): void {
    for (const client of this.clients) client.see(step);
  }

  hearAll(): void {
    for (const client of this.clients) client.hearsAll = true;
  }

  /** One of them that has heard no answer since a time; undefined when there is none. */
  unansweredSince(time: number): string | undefined {
    return this.clients.find(({ answeredAt }) => answeredAt < time)?.name;
  }
}
