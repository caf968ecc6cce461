// A small cluster to play with, act by act: each act says in a few lines what it did.

import { describeViolation } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform, Script } from '../cluster/script.ts';
import type { Act } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { NodeId, NodeState, RaftNode } from '../node/contract.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Recording } from '../scenario/record.ts';
import { recordRun } from '../scenario/record.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { mustHold } from '../scenario/scenario.ts';
import { changes, network, sayEffects } from '../stepper/blocks.ts';
import type { Moment, Scene } from '../stepper/scene.ts';
import { sceneOf } from '../stepper/scene.ts';
import { blockLines } from '../stepper/screen.ts';
import { stateTable } from '../stepper/table.ts';
import type { Line } from '../stepper/text.ts';
import { line, plainText, wrap } from '../stepper/text.ts';
import { whyLines } from '../stepper/why.ts';
import type { TraceStep } from '../trace/trace.ts';
import { sayAct } from '../words/words.ts';

const width = 80;

/** What can be done to the cluster: the acts of a script. */
export type Acts = Pick<
  Script,
  | 'crashAfter'
  | 'timeout'
  | 'deliver'
  | 'deliverAll'
  | 'settle'
  | 'drop'
  | 'dropAll'
  | 'duplicate'
  | 'request'
  | 'change'
  | 'transfer'
  | 'partition'
  | 'cut'
  | 'heal'
  | 'crash'
  | 'restart'
>;

export class Playground {
  private readonly chapter: Chapter;
  private readonly node: RaftNode;
  private readonly print: (text: string) => void;
  private nodes: readonly NodeId[] = ['A', 'B', 'C'];
  /** All that was done. The same acts lead to the same place again. */
  private done: Act[] = [];
  private script: Script;

  /** `node` is the implementation to play with; `print` takes whole lines. */
  constructor(chapter: Chapter, node: RaftNode, print: (text: string) => void) {
    this.chapter = { ...chapter, node: asRuleNode(node) };
    this.node = node;
    this.print = print;
    this.script = this.begin();
  }

  /** Each act prints what it did. Throws ImpossibleAct when the world cannot do it now. */
  get cluster(): Acts {
    return this.script;
  }

  stateOf(id: NodeId): NodeState {
    return this.script.cluster.stateOf(id);
  }

  /** Prints the nodes as a table, and the messages in flight. */
  show(): void {
    const { scene, moment } = this.now();
    const flying = blockLines(network(scene, moment, 'full'), width);
    this.say([...stateTable(scene, moment, width), [], ...flying]);
  }

  /** Prints what each rule that listened at the last step asked and did. */
  why(): void {
    const { scene, moment } = this.now();
    const isSilent = scene.node.rules.length === 0;
    this.say(
      isSilent
        ? [line('This node is not a list of rules, so it cannot say why.')]
        : whyLines(scene, moment, width),
    );
  }

  /** Begins anew, with these nodes or the same as before. */
  fresh(...nodes: NodeId[]): void {
    if (nodes.length > 0) this.nodes = nodes;
    this.done = [];
    this.script = this.begin();
    this.show();
  }

  /** Goes back to where the last finished act left the world, after one that broke off in the middle. */
  restore(): void {
    this.script = this.begin();
    for (const act of this.done) perform(this.script.cluster, act);
  }

  private begin(): Script {
    return new Script(this.newCluster(), ({ act }) => {
      this.done.push(act);
      this.tell();
    });
  }

  private newCluster(): Cluster {
    return new Cluster(this.node, this.nodes, scriptedTiming);
  }

  private record(): Recording {
    const about = {
      format: 'raft-notebook-trace',
      version: 1,
      chapter: this.chapter.name,
      scenario: 'playground',
      title: 'Playground',
      about: '',
      nodes: [...this.nodes],
      outcome: { says: '', nodes: {} },
    } as const;
    const cluster = this.newCluster();
    return recordRun(
      { ...about, nodes: [...this.nodes] },
      cluster,
      mustHold(this.chapter),
      (onStep) => this.done.forEach((act) => onStep(perform(cluster, act))),
    );
  }

  private now(): { scene: Scene; moment: Moment } {
    const { trace } = this.record();
    const record = trace.steps.at(-1);
    const moment: Moment = record
      ? { kind: 'step', step: record.step, record }
      : { kind: 'start', step: 0 };
    return { scene: sceneOf(this.chapter, trace), moment };
  }

  /** Prints what the last act did, and whether a safety property does not hold since. */
  private tell(): void {
    const { trace, violation } = this.record();
    const record = trace.steps.at(-1);
    if (!record) return;
    const scene = sceneOf(this.chapter, trace);
    const facts = [
      ...changes(scene, record).flatMap(({ lines }) => lines),
      ...effectLines(record),
      ...(violation?.later.step === record.step
        ? describeViolation(violation)
            .split('\n')
            .map((each) => line(each))
        : []),
    ];
    this.say([
      ...wrap(line(`${record.step}. ${sayAct(record)}${firedOf(record)}`), width, 3),
      ...facts.flatMap((fact) => wrap([{ text: '   ', style: 'plain' }, ...fact], width, 5)),
    ]);
  }

  private say(lines: readonly Line[]): void {
    this.print(lines.map((each) => `${plainText(each)}\n`).join(''));
  }
}

function effectLines({ node, effects = [] }: TraceStep): Line[] {
  const said = sayEffects(effects);
  return said.length === 0 ? [] : [line(`${node}: ${said.join('; ')}`)];
}

/** The rules that fired, when the node says so. */
function firedOf({ fired }: TraceStep): string {
  const names = (fired ?? [])
    .filter(({ refused }) => refused === undefined)
    .map(({ rule }) => rule);
  if (!fired) return '';
  return names.length > 0 ? ` → ${names.join(', ')}` : ' → no rule fired';
}

/** A node of plain code has no rules to tell of. */
function asRuleNode(node: RaftNode): RuleNode {
  if (isRuleNode(node)) return node;
  return {
    init: (id, peers, saved) => node.init(id, peers, saved),
    step: (state, event) => ({ fired: [], ...node.step(state, event) }),
    rules: [],
    explain: () => [],
    without: () => asRuleNode(node),
    asBefore: () => undefined,
  };
}

const isRuleNode = (node: RaftNode): node is RuleNode => 'rules' in node && 'explain' in node;
