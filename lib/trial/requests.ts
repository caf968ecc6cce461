// What became of the client requests of a run: who accepted them, and who applied them when.

import type { Cluster } from '../cluster/cluster.ts';
import { membersUp } from './fault-run.ts';
import type { Step } from '../cluster/step.ts';
import { Log } from '../log/log.ts';
import type { NodeId, NodeState } from '../node/contract.ts';

interface Accepted {
  readonly node: NodeId;
  readonly term: number;
  readonly index: number;
  readonly command: string;
  readonly at: number;
}

interface Covered {
  readonly upTo: number;
  readonly at: number;
}

interface Applied {
  readonly command: string;
  readonly at: number;
}

/** What the leader that leads at the end has kept of its word. */
export interface Kept {
  readonly leader: NodeId | undefined;
  /** How many requests it accepted in its last term. */
  readonly accepted: number;
  /**
   * The longest that any of them took, in virtual milliseconds, from when it was accepted (but not
   * before the faults stopped) until every node that is up had applied it.
   */
  readonly slowest: number;
  /** In words, what was not kept. */
  readonly broken: readonly string[];
}

export class Requests {
  private readonly accepted: Accepted[] = [];
  private readonly asked = new Set<string>();
  /** For each node, what it applied at each index. */
  private readonly applied = new Map<NodeId, Map<number, Applied>>();
  /** For each node, what its snapshots cover: up to which index, and since when. */
  private readonly covered = new Map<NodeId, Covered[]>();
  private readonly answered = new Set<string>();
  private readonly broken: string[] = [];

  /** Takes note of one step. */
  see({ act, node, event, before, after, effects = [], time }: Step): void {
    if (node === undefined || !after) return;
    // A node that starts again applies everything once more that its snapshot does not cover.
    if (act.type === 'restart') {
      this.applied.delete(node);
      this.covered.delete(node);
    }
    this.cover(node, after, time);
    if (event?.type === 'ClientRequest') this.asked.add(`${node} ${commandOf(event)}`);
    if (after.role === 'leader' && before) this.accept(before, after, time);
    const mine = this.applied.get(node) ?? new Map<number, Applied>();
    this.applied.set(node, mine);
    for (const effect of effects) {
      if (effect.type === 'answer') this.answered.add(`${node} ${effect.command}`);
      if (effect.type !== 'apply') continue;
      if (mine.has(effect.index)) this.broken.push(`${node} applies ${effect.index} twice`);
      mine.set(effect.index, { command: effect.command, at: time });
    }
  }

  private cover(node: NodeId, { snapshot }: NodeState, at: number) {
    const mine = this.covered.get(node) ?? [];
    const upTo = snapshot?.lastIncludedIndex ?? 0;
    if (upTo > (mine.at(-1)?.upTo ?? 0)) this.covered.set(node, [...mine, { upTo, at }]);
  }

  /** What a node applied at an index, and when; a snapshot stands for what it covers. */
  private appliedBy(node: NodeId, index: number, command: string): Applied | undefined {
    const applied = this.applied.get(node)?.get(index);
    if (applied) return applied;
    const covered = this.covered.get(node)?.find(({ upTo }) => upTo >= index);
    return covered && { command, at: covered.at };
  }

  /** What a leader was asked for and has put into its log, at once or later, it has accepted. */
  private accept(
    before: NodeState,
    { id: node, log, currentTerm: term = 0 }: NodeState,
    at: number,
  ) {
    if (before.log === log) return;
    const now = Log.of(log ?? []);
    for (let index = lastIndexOf(before) + 1; index <= now.lastIndex; index++) {
      const { command = '' } = now.entryAt(index) ?? {};
      if (this.asked.has(`${node} ${command}`)) {
        this.accepted.push({ node, term, index, command, at });
      }
    }
  }

  /** Compares what the last leader accepted with what every node that is up applied. */
  kept(cluster: Cluster, faultsStopped: number): Kept {
    const up = membersUp(cluster).map(({ id }) => id);
    const leader = up.find((id) => cluster.stateOf(id).role === 'leader');
    const mine = this.accepted.filter(
      ({ node, term }) => node === leader && term === cluster.stateOf(node).currentTerm,
    );
    const broken = [...this.broken];
    let slowest = 0;
    for (const { node, index, command, at } of mine) {
      if (!this.answered.has(`${node} ${command}`)) broken.push(`${node} never answers ${command}`);
      for (const id of up) {
        const applied = this.appliedBy(id, index, command);
        if (applied?.command === command) {
          slowest = Math.max(slowest, applied.at - Math.max(at, faultsStopped));
        } else broken.push(`${id} applied ${applied?.command ?? 'nothing'}, not ${command}`);
      }
    }
    return { leader, accepted: mine.length, slowest, broken: [...broken, ...this.differences(up)] };
  }

  /** The nodes that did not apply what another one applied, nor have it in a snapshot. */
  private differences(up: readonly NodeId[]): string[] {
    const story = new Map(
      up.flatMap((id) => [...(this.applied.get(id) ?? [])].map(([at, each]) => [at, each.command])),
    );
    return up
      .filter((id) =>
        [...story].some(([at, command]) => this.appliedBy(id, at, command)?.command !== command),
      )
      .map((id) => `${id} did not apply the same as the others`);
  }
}

const lastIndexOf = ({ log }: NodeState): number => (log ? Log.of(log).lastIndex : 0);

const commandOf = (event: object): string =>
  'command' in event && typeof event.command === 'string' ? event.command : '';
