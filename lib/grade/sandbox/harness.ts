// Runs inside the process of a submission: steps its node as it is asked to, and says what the node did. Nothing here
// knows what is expected.

import { Cluster } from '../../cluster/cluster.ts';
import { ImpossibleAct } from '../../cluster/network.ts';
import { perform } from '../../cluster/script.ts';
import { scriptedTiming } from '../../cluster/timing.ts';
import { Log } from '../../log/log.ts';
import type { LogClaim } from './claims.ts';
import type {
  NodeEvent,
  NodeId,
  NodeState,
  RaftNode,
  Saved,
  StepResult,
  Verdict,
} from '../../node/contract.ts';
import { settle, settlingRounds } from '../../replay/behavioural.ts';
import { trialNamed } from '../../trial/named.ts';
import { nodeIn } from '../../node/exports.ts';
import type { Channel, Question, SentClaim } from './protocol.ts';
import { tamperedAmong, watchBuiltIns } from './tampering.ts';

/** Ends a run at a claim that nothing can follow. */
class Halt extends Error {}

const { freeze, isFrozen, getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const [ofObjects, ofLists] = [Object.prototype, Array.prototype];

/** Answers questions with what the exported node does, for as long as the process lives. */
export function serve(channel: Channel, submission: () => unknown): void {
  const before = watchBuiltIns();
  const node = nodeIn(submission());
  const session = new Map<NodeId, NodeState>();
  const keepsLog = keepsItsLog(node);
  channel.onQuestion((number, question) => {
    const recorder = new Recorder(node, keepsLog);
    const { claims, fired } = recorder;
    try {
      carryOut(question, recorder, session);
    } catch (error) {
      if (!(error instanceof Halt)) claims.push({ threw: describe(error) });
    }
    const tampered = tamperedAmong(before);
    channel.send({ number, claims, fired, ...(tampered !== undefined && { tampered }) });
  });
  channel.send({ ready: true });
}

function carryOut(question: Question, node: Recorder, session: Map<NodeId, NodeState>): void {
  switch (question.ask) {
    case 'init': {
      const { saved } = question;
      // A Log does not survive the wire.
      const disk = saved?.log ? { ...saved, log: Log.of(saved.log) } : saved;
      const state = node.init(question.node, question.peers, disk);
      session.set(question.node, asKept(node, { ...state, ...question.given }));
      return;
    }
    case 'step': {
      const state = session.get(question.node);
      if (!state) throw new Error(`${question.node} was never started`);
      session.set(question.node, node.step(state, question.event).state);
      return;
    }
    case 'again': {
      const { id, peers } = question.state;
      node.init(id, peers);
      node.step(asKept(node, question.state), question.event);
      return;
    }
    case 'scenario': {
      const start = Object.entries(question.start);
      const cluster = new Cluster(
        node,
        question.nodes,
        scriptedTiming,
        Object.fromEntries(start.map(([id, state]) => [id, asKept(node, state)])),
      );
      for (const act of question.acts) attempt(() => perform(cluster, act));
      for (let round = 0; round < settlingRounds; round++) Array.from(settle(cluster));
      return;
    }
    case 'trial':
      trialNamed(question.trial).run(node, question.seed, []);
  }
}

/** Acts that this node gives no occasion for are passed over, as in behavioural replay. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ImpossibleAct)) throw error;
  }
}

/** Whether the node keeps its log as a Log, or as a plain list. */
function keepsItsLog(node: RaftNode): boolean {
  try {
    return node.init('A', ['B', 'C']).log instanceof Log;
  } catch {
    return false;
  }
}

/** The state as this node keeps it: whether its log is a Log or a plain list. */
const asKept = <State extends Partial<NodeState>>({ keepsLog }: Recorder, state: State): State =>
  keepsLog && state.log ? { ...state, log: Log.of(state.log) } : state;

/** The submission's node, with a record of all it was asked and did. */
class Recorder implements RaftNode {
  readonly keepsLog: boolean;
  readonly claims: SentClaim[] = [];
  readonly fired: (readonly Verdict[])[] = [];
  private readonly node: RaftNode;
  private readonly places = new Map<string, number>();

  constructor(node: RaftNode, keepsLog: boolean) {
    this.node = node;
    this.keepsLog = keepsLog;
  }

  init(id: NodeId, peers: readonly NodeId[], saved?: Saved): NodeState {
    return this.claiming(() => {
      const state = this.node.init(id, freeze([...peers]), saved && freeze({ ...saved }));
      mustBePlain(state, 'state');
      return [state, { state }];
    });
  }

  step(state: NodeState, event: NodeEvent): StepResult<NodeState> {
    return this.claiming(() => {
      const result = this.node.step(deepFreeze(state), deepFreeze(event));
      const claim = stepClaim(state, result);
      const { fired } = result;
      return [result, fired === undefined ? claim : { ...claim, fired: this.placeOf(fired) }];
    });
  }

  private placeOf(fired: readonly Verdict[]): number {
    const key = keyOf(fired);
    const place = this.places.get(key) ?? this.fired.push(fired) - 1;
    this.places.set(key, place);
    return place;
  }

  private claiming<T>(call: () => [T, SentClaim]): T {
    try {
      const [value, claim] = call();
      this.claims.push(claim);
      return value;
    } catch (error) {
      const todo = todoOf(error);
      this.claims.push({ threw: describe(error), ...(todo !== undefined && { todo }) });
      throw new Halt();
    }
  }
}

/** The same text for the same list. This is asked at every step, and JSON would take longer than the step. */
function keyOf(fired: readonly Verdict[]): string {
  let key = '';
  for (const { rule, refused } of fired) key += `${rule}\t${refused}\n`;
  return key;
}

/** What a step did; all of it can be sent as JSON. */
function stepClaim(before: NodeState, { state, effects }: StepResult<NodeState>) {
  if (typeof state !== 'object' || !Array.isArray(effects)) {
    throw new Error('expected a step to return { state, effects }');
  }
  mustBePlain(effects, 'effects');
  const changed: Record<string, unknown> = {};
  if (state === before) return { changed, gone: [], effects };
  const [was, is] = [fieldsOf(before), fieldsOf(state)];
  let log: LogClaim | undefined;
  for (const field of keys(is)) {
    const value = is[field];
    if (value === was[field]) continue;
    if (field === 'log' && state.log && before.log) {
      log = logClaim(Log.of(before.log), Log.of(state.log));
      mustBePlain(log.adds, field);
    } else {
      mustBePlain(value, field);
      changed[field] = value;
    }
  }
  const gone = keys(was).filter((field) => !(field in state));
  return { changed, gone, ...(log && { log }), effects };
}

const fieldsOf = (state: NodeState): Readonly<Record<string, unknown>> => ({ ...state });

function logClaim(old: Log, now: Log): LogClaim {
  const { lastIncludedIndex, lastIncludedTerm } = now;
  const isSame =
    old.lastIncludedIndex === lastIncludedIndex && old.lastIncludedTerm === lastIncludedTerm;
  const begun = isSame ? old : old.compactedTo(lastIncludedIndex, lastIncludedTerm);
  const keeps = begun.firstDifference(now) - 1;
  const adds = now.entriesFrom(keeps + 1);
  return { ...(!isSame && { lastIncludedIndex, lastIncludedTerm }), keeps, adds };
}

/** Throws unless the value is made of plain lists, plain objects, text, numbers, true, false, null. */
function mustBePlain(value: unknown, where: string, depth = 0): void {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw new Error(`expected plain data in ${where}, found a ${typeof value}`);
  }
  if (typeof value !== 'object' || value === null || value instanceof Log) return;
  if (depth > 20) throw new Error(`expected plain data in ${where}, found no end of it`);
  const prototype: unknown = getPrototypeOf(value);
  if (prototype !== ofObjects && prototype !== ofLists && prototype !== null) {
    throw new Error(`expected plain data in ${where}, found an object of a class`);
  }
  for (const field of keys(value)) {
    const described = getOwnPropertyDescriptor(value, field);
    if (described?.get) throw new Error(`expected plain data in ${where}, found a getter ${field}`);
    mustBePlain(described?.value, where, depth + 1);
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !isFrozen(value)) {
    freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

function todoOf(error: unknown): string | undefined {
  const gap = typeof error === 'object' && error !== null && 'gap' in error ? error.gap : undefined;
  return typeof gap === 'string' ? gap : undefined;
}

/** What was thrown, in words, even when it resists. */
function describe(error: unknown): string {
  try {
    if (error instanceof Error) return `${error.message}`;
    return `${String(error)}`;
  } catch {
    return 'something that cannot be described';
  }
}
