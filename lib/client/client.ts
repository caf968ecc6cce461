// A simulated client: it asks for one thing at a time, goes where it is sent, and asks again when it hears nothing.

import type { Cluster } from '../cluster/cluster.ts';
import type { Random } from '../cluster/random.ts';
import type { Step } from '../cluster/step.ts';
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

export class SimulatedClient {
  readonly name: string;
  /** When it asks next, unless it is answered before. */
  dueAt: number;
  private readonly random: Random;
  private habits: Habits;
  private sequence = 0;
  /** What it waits for. */
  private waiting: Required<Pick<ClientCommand, 'client' | 'sequence'>> & ClientCommand;
  /** Where it was sent, or was answered last. */
  private leader: NodeId | null = null;
  /** What it last heard that a key holds. */
  private readonly heard = new Map<string, string>();

  constructor(name: string, random: Random, habits: Partial<Habits> = {}) {
    this.name = name;
    this.random = random;
    this.habits = { ...usual, ...habits };
    this.waiting = this.nextCommand();
    this.dueAt = random.between(1, this.habits.pause);
  }

  /** Changes some of its habits from now on. */
  adopt(habits: Partial<Habits>): void {
    this.habits = { ...this.habits, ...habits };
  }

  /** Asks, or asks again; undefined when nobody is there to be asked. */
  ask(cluster: Cluster, crashWithin: (node: NodeId) => number | undefined): Step | undefined {
    const { patience } = this.habits;
    this.dueAt = cluster.now + this.random.between(Math.ceil(patience / 3), patience);
    const up = cluster.nodes.filter((id) => cluster.isUp(id));
    if (up.length === 0) return undefined;
    const { leader } = this;
    const node = leader !== null && up.includes(leader) ? leader : this.random.pick(up);
    // Whoever does not answer is not asked again.
    this.leader = null;
    return cluster.request(node, this.waiting, crashWithin(node));
  }

  /** Takes note of what a step answers it. */
  see({ node, effects = [], time }: Step): void {
    for (const effect of effects) {
      if (effect.type !== 'answer' || effect.client !== this.name) continue;
      if (effect.sequence !== this.waiting.sequence || node === undefined) continue;
      if (!this.random.chance(this.habits.deaf)) this.hear(effect, node, time);
    }
  }

  private hear({ applied, leaderId, result }: Answer, node: NodeId, time: number): void {
    this.leader = applied ? node : leaderId;
    if (!applied) {
      // Who knows no leader may know one a little later.
      this.dueAt = time + (leaderId === null ? this.random.between(10, 50) : 1);
      return;
    }
    const [key = ''] = this.waiting.command.split(/[?+=]/);
    if (typeof result === 'string' && !/ if /.test(this.waiting.command))
      this.heard.set(key, result);
    this.waiting = this.nextCommand();
    this.dueAt = time + this.random.between(1, this.habits.pause);
  }

  private nextCommand(): SimulatedClient['waiting'] {
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
    const way = random.between(0, this.habits.reads.length);
    const read = this.habits.reads[way];
    return { command: `${key}?`, client, sequence, ...(read && { read }) };
  }
}

/** All clients of a run. */
export class Clients {
  private readonly clients: readonly SimulatedClient[];

  constructor(names: readonly string[], random: Random, habits: Partial<Habits> = {}) {
    this.clients = names.map((name) => new SimulatedClient(name, random, habits));
  }

  /** When one of them asks next. */
  get dueAt(): number {
    return Math.min(...this.clients.map(({ dueAt }) => dueAt));
  }

  /** Changes some of their habits from now on. */
  adopt(habits: Partial<Habits>): void {
    for (const client of this.clients) client.adopt(habits);
  }

  /** The one whose turn it is asks; undefined when nobody is there to be asked. */
  ask(cluster: Cluster, crashWithin: (node: NodeId) => number | undefined): Step | undefined {
    const { dueAt } = this;
    return this.clients.find((client) => client.dueAt === dueAt)?.ask(cluster, crashWithin);
  }

  see(step: Step): void {
    for (const client of this.clients) client.see(step);
  }
}
