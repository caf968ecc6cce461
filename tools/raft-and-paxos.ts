// The page that compares Raft and Multi-Paxos on the same schedules: messages, delays, and what a new leader does. All of
// it is measured in runs.

import { partitions } from '../chapters/06-partitions/partitions.ts';
import { multiPaxos } from '../chapters/12-paxos/multi-paxos.ts';
import { Cluster } from '../lib/cluster/cluster.ts';
import type { Step } from '../lib/cluster/step.ts';
import { Script } from '../lib/cluster/script.ts';
import { scriptedTiming } from '../lib/cluster/timing.ts';
import type { NodeState, RaftNode } from '../lib/node/contract.ts';
import { blocks, code, list, markdown, table } from '../lib/walkthrough/text.ts';
import { sayValue } from '../lib/words/words.ts';

export const comparisonFile = 'docs/raft-and-paxos.md';

const protocols: readonly { readonly name: string; readonly node: RaftNode }[] = [
  { name: 'Raft', node: partitions },
  { name: 'Multi-Paxos', node: multiPaxos },
];

/** A run of one of them, and what it took from a mark on. */
export class Course {
  readonly cluster: Cluster;
  readonly run: Script;
  private readonly steps: Step[] = [];
  private markedStep = 0;
  private markedAt = 0;

  constructor(node: RaftNode, nodes: readonly string[]) {
    this.cluster = new Cluster(node, nodes, scriptedTiming);
    this.run = new Script(this.cluster, (step) => this.steps.push(step));
  }

  /** Counts from here on. */
  mark(): void {
    this.markedStep = this.steps.length;
    this.markedAt = this.cluster.now;
  }

  /** Lets a timer run out, and takes the time from there. */
  timeout(node: string, timer: 'election' | 'heartbeat' = 'election'): void {
    this.run.timeout(node, timer);
    this.markedAt = this.cluster.now;
  }

  /** A node leads, and everybody knows. */
  elect(node: string): void {
    this.timeout(node);
    this.run.settle();
    this.run.timeout(node, 'heartbeat');
    this.run.settle();
  }

  /** The leader takes a command, which reaches one other node; the answer is lost. */
  requestReaches(leader: string, command: string, other: string): void {
    this.run.request(leader, command);
    for (const { message } of [...this.cluster.inFlight]) {
      if (message.to === other) this.run.deliver(message.type, message.from, message.to);
    }
    this.run.dropAll();
  }

  /** How many messages were sent since the mark, by type. */
  get sent(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { sent = [] } of this.since) {
      for (const { message } of sent) counts.set(message.type, (counts.get(message.type) ?? 0) + 1);
    }
    return counts;
  }

  get messages(): number {
    return [...this.sent.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many message delays after the mark a step came; undefined when none did. */
  delaysTo(isIt: (step: Step) => boolean): number | undefined {
    const found = this.since.find(isIt);
    return found && Math.round((found.time - this.markedAt) / scriptedTiming.latency());
  }

  private get since(): readonly Step[] {
    return this.steps.slice(this.markedStep);
  }
}

const leads =
  (node: string) =>
  ({ node: id, after }: Step) =>
    id === node && after?.role === 'leader';

const answers = ({ effects = [] }: Step) =>
  effects.some((effect) => effect.type === 'answer' && effect.applied);

const hasApplied =
  (node: string, command: string) =>
  ({ node: id, effects = [] }: Step) =>
    id === node && effects.some((effect) => effect.type === 'apply' && effect.command === command);

const sayDelays = (delays: number | undefined) => (delays === undefined ? 'never' : String(delays));

const sayCounts = (counts: ReadonlyMap<string, number>) =>
  list([...counts].map(([type, count]) => `${count} ${code(type)}`));

/** The log of a node, entry by entry, each with its term or ballot. */
function logOf({ log, slots }: NodeState): string {
  return markdown(
    slots ? Object.values(slots).map(sayValue).join(', ') : sayValue(log).slice(1, -1),
  );
}

type Row = readonly string[];

/** One row for each protocol that follows a schedule on so many nodes. */
const rowsOf = (nodes: readonly string[], follow: (course: Course) => Row): Row[] =>
  protocols.map(({ name, node }) => [name, ...follow(new Course(node, nodes))]);

const three = ['A', 'B', 'C'];
const five = ['A', 'B', 'C', 'D', 'E'];

const cleanRequest = (nodes: readonly string[], down: readonly string[]) =>
  rowsOf(nodes, (course) => {
    course.elect('A');
    for (const id of down) course.run.crash(id);
    course.mark();
    course.run.request('A', 'x=1');
    settleUp(course, nodes, down);
    const delays = course.delaysTo(answers);
    const until = course.messages;
    course.run.timeout('A', 'heartbeat');
    settleUp(course, nodes, down);
    const last = nodes.findLast((id) => !down.includes(id)) ?? 'A';
    const known = course.delaysTo(hasApplied(last, 'x=1')) === undefined ? 'no' : 'yes';
    return [String(nodes.length), String(down.length), String(until), sayDelays(delays), known];
  });

function settleUp({ run }: Course, nodes: readonly string[], down: readonly string[]): void {
  run.settle(...nodes.filter((id) => !down.includes(id)));
}

const firstLeader = (nodes: readonly string[]) =>
  rowsOf(nodes, (course) => {
    course.mark();
    course.timeout('A');
    course.run.settle();
    return [String(nodes.length), sayCounts(course.sent), sayDelays(course.delaysTo(leads('A')))];
  });

/** A leads, takes n commands that reach B alone, and crashes; then a node tries to lead. */
function leaderChange(course: Course, entries: number, heir: 'B' | 'C'): Row {
  const { run } = course;
  course.elect('A');
  const commands = Array.from({ length: entries }, (_, nth) => `x=${nth + 1}`);
  for (const command of commands) course.requestReaches('A', command, 'B');
  run.crash('A');
  course.mark();
  course.timeout(heir);
  run.settle('B', 'C');
  run.dropAll();
  const wins = course.delaysTo(leads(heir)) !== undefined;
  if (!wins) {
    course.timeout('B');
    run.settle('B', 'C');
    run.dropAll();
  }
  const leader = wins ? heir : 'B';
  const last = commands.at(-1);
  return [
    String(entries),
    heir,
    leader,
    String(course.messages),
    sayDelays(course.delaysTo(leads(leader))),
    last === undefined ? 'nothing to do' : sayDelays(course.delaysTo(hasApplied(leader, last))),
    logOf(course.cluster.stateOf(leader)) || 'empty',
  ];
}

/** The first of two commands is lost on its way, the second reaches B. */
const behindAGap = () =>
  rowsOf(three, (course) => {
    const { run } = course;
    course.elect('A');
    run.request('A', 'x=1');
    run.dropAll();
    run.request('A', 'y=2');
    course.mark();
    run.settle('A', 'B');
    const { cluster } = course;
    return [
      logOf(cluster.stateOf('B')) || 'empty',
      sayCounts(course.sent),
      applied(course),
      appliedLater(course),
    ];
  });

const applied = ({ cluster }: Course) => sayValue(Reflect.get(cluster.stateOf('A'), 'machine'));

/** The same after the next heartbeat. */
function appliedLater(course: Course): string {
  course.run.timeout('A', 'heartbeat');
  course.run.settle('A', 'B');
  return applied(course);
}

/** The page. */
export function comparisonPage(): string {
  const lines = blocks(
    ['<!-- Generated by `npm run walkthroughs`. Do not edit. -->'],
    ['# Raft and Multi-Paxos on the same schedules'],
    [
      'The same acts drive both: who times out, what clients ask, which messages are lost, who crashes. Every number is counted ' +
        'in a run. Raft is that of [chapter 6](../chapters/06-partitions/README.md), without PreVote (chapter 7), which would cost it another round trip; ' +
        'Multi-Paxos is that of [chapter 12](../chapters/12-paxos/README.md). A *delay* is the time that one message takes; two of them are a round trip. ' +
        'Times are counted from the timeout, or from the request.',
    ],
    ['## A first leader'],
    table(
      ['protocol', 'nodes', 'messages', 'delays until it leads'],
      [...firstLeader(three), ...firstLeader(five)],
    ),
    [
      'Both take one round trip. A new leader of Raft writes a no-op of its own term and has it acknowledged. That of Multi-Paxos has nothing to propose when ' +
        'nothing was accepted; it only says that it is there.',
    ],
    ['## A command with a stable leader'],
    table(
      [
        'protocol',
        'nodes',
        'down',
        'messages',
        'delays until the client is answered',
        'applied by all that are up with the next heartbeat',
      ],
      [
        ...cleanRequest(three, []),
        ...cleanRequest(five, []),
        ...cleanRequest(three, ['C']),
        ...cleanRequest(five, ['D', 'E']),
      ],
    ),
    [
      'While the leader stays, they do the same: one round trip, with a majority. A lost node costs nothing but the messages to it.',
    ],
    ['## A new leader, and commands of which nobody knows that they are chosen'],
    [
      'A takes n commands. They reach B, whose answers are lost, and never C. A crashes. With B, a majority of three holds them, so they must not be lost. ' +
        'Then B or C times out.',
    ],
    table(
      [
        'protocol',
        'n',
        'times out',
        'leads then',
        'messages',
        'delays until it leads',
        'delays until all n are applied there',
        'its log',
      ],
      [0, 1, 3].flatMap((entries) =>
        (['B', 'C'] as const).flatMap((heir) =>
          rowsOf(three, (course) => leaderChange(course, entries, heir)),
        ),
      ),
    ),
    [
      '**Who may lead.** In Multi-Paxos anybody: C leads at once, though it lacks every command. In Raft C is refused, since its log is older (§5.4.1); B must time ' +
        'out as well. Delays are then counted from the timeout of B.',
    ],
    [
      '**What it proposes again.** The leader of Multi-Paxos proposes each slot again, under its own ballot: one `Accept` for each slot and acceptor, and the ballot of ' +
        'the slot changes. The leader of Raft leaves its entries as they are, in the term in which they were made. It commits them by committing an entry of its own ' +
        'term behind them (§5.4.2): that is what its no-op is for.',
    ],
    [
      '**How long it takes.** The leader of Raft first finds out where the log of the other node ends, from its refusal (§5.3), and here it sends at most three entries in a message. ' +
        'That of Multi-Paxos sends everything at once, because the slots do not depend on each other. For that, its promises have told it all that was accepted from its first open slot on; a vote in Raft carries none of it.',
    ],
    ['## A gap'],
    ['A takes x=1, which reaches nobody, and then y=2, which reaches B.'],
    table(
      ['protocol', 'log of B then', 'messages', 'the machine of A then', 'and after a heartbeat'],
      behindAGap(),
    ),
    [
      'In Multi-Paxos B accepts slot 2 without slot 1, and slot 2 is chosen. A may not apply it before slot 1 is chosen; it asks again for slot 1 with its next heartbeat. In Raft B would refuse ' +
        'an entry behind a gap (§5.3). Here the message with y=2 brings x=1 along, since it has not been acknowledged, and both are committed at once.',
    ],
  );
  return `${lines.join('\n')}\n`;
}
