// Why nothing is seen without a condition or a rule: with it and without it, nodes do and send the same, whatever
// arrives; at most a field differs that nobody asks for. And which other rules see to that.

import { explore } from '../explore/search.ts';
import { keyOf } from '../explore/intern.ts';
import { Log } from '../log/log.ts';
import type { NodeEvent, NodeId, NodeState, RaftNode } from '../node/contract.ts';
import type { Part, RuleNode } from '../rules/node.ts';
import { lacking } from '../rules/node.ts';
import { nodesNamed } from '../trial/trial.ts';
import { othersThan } from './partner.ts';
import { hasLog } from './passes.ts';
import type { Cover } from './verdict.ts';

const names = nodesNamed(3);
const terms = 2;
/** So many worlds are visited to learn which steps there are; fewer when it is asked who sees to it. */
const [many, few] = [40_000, 4_000];
/** So many steps are compared at most; fewer when it is asked who sees to it. */
const [mostSteps, fewerSteps] = [1_000_000, 100_000];

/** What covers for a part; undefined when others can tell that it is missing. */
export function coverOf(node: RuleNode, part: Part): Cover | undefined {
  const weak = lacking(node, part);
  const met = stepsOf(node, many);
  const same = comparison(node, weak, met, mostSteps);
  if (typeof same === 'string') return undefined;
  const asked = askedIn(node, part, met);
  const wouldMatter = (without: RuleNode) =>
    asked.refused === 0 ? wouldRefuse(without, part) : isTold(without, part);
  const guards = othersThan(node, part).filter((other) => wouldMatter(lacking(node, other)));
  return { ...same, ...asked, guards: sharp(guards) };
}

/** So many different steps of runs are compared at most, and each pair of twins on so many of their events. */
const [mostRunSteps, mostTwinEvents] = [150_000, 100];

/** Runs that nodes go through. */
export interface Runs {
  /** All of them. */
  readonly all: (node: RaftNode) => void;
  /** A few, for the many other parts of which it is asked whether they see to it. */
  readonly few: (node: RaftNode) => void;
  /** Those parts. */
  readonly others: readonly Part[];
}

/** What covers for a part in these runs; undefined when others can tell there that it is missing. */
export function coverInRuns(
  node: RuleNode,
  part: Part,
  { all, few, others }: Runs,
): Cover | undefined {
  const weak = lacking(node, part);
  const met = { ...stepsIn(node, all, part.rule), events: stepsIn(node, few).events };
  if (isTold(node, part)) return undefined;
  const same = comparison(node, weak, met, mostRunSteps, runReach);
  if (typeof same === 'string') return undefined;
  const asked = askedIn(node, part, met);
  const guards = others.filter((other) => {
    const without = lacking(node, other);
    const metThen = stepsIn(without, few, part.rule);
    return asked.refused === 0
      ? (askedIn(without, part, metThen).refused ?? 0) > 0
      : comparison(without, lacking(without, part), metThen, mostRunSteps, runReach) === 'told';
  });
  return { in: 'runs', ...same, ...asked, guards: sharp(guards) };
}

/** A whole rule says no more than its condition does. */
const sharp = (guards: readonly Part[]): Part[] =>
  guards.filter(
    ({ rule, condition }) =>
      condition !== undefined || !guards.some((each) => each.rule === rule && each.condition),
  );

/** True when a condition refuses somewhere in a small search. */
export const wouldRefuse = (node: RuleNode, part: Part): boolean =>
  (askedIn(node, part, stepsOf(node, many)).refused ?? 0) > 0;

/** True when somebody can tell that a part is missing, in a search of so many worlds and from there on. */
export const isTold = (node: RuleNode, part: Part, worlds = few): boolean =>
  comparison(node, lacking(node, part), stepsOf(node, worlds), fewerSteps) === 'told';

/** The different steps of nodes in a bounded search, and for each node the events in them. */
interface Met {
  readonly steps: readonly { readonly state: NodeState; readonly event: NodeEvent }[];
  readonly events: ReadonlyMap<NodeId, readonly NodeEvent[]>;
}

function stepsOf(node: RuleNode, limit: number): Met {
  const log = hasLog(node) ? 1 : 0;
  const bounds = { terms, log, requests: Infinity, restarts: 0, depth: Infinity };
  return stepsIn(node, (watched) =>
    explore({ node: watched, nodes: names, properties: [], bounds, symmetry: false, limit }),
  );
}

/** The different steps of nodes in some runs; with a rule, only those in which it is asked. */
function stepsIn(node: RuleNode, run: (watched: RaftNode) => void, rule?: string): Met {
  const steps = new Map<string, { readonly state: NodeState; readonly event: NodeEvent }>();
  const watched: RaftNode = {
    init: (id, peers, saved) => node.init(id, peers, saved),
    step(state, event) {
      const result = node.step(state, event);
      if (rule === undefined || result.fired.some((each) => each.rule === rule)) {
        steps.set(keyOf([state, event]), { state, event });
      }
      return result;
    },
  };
  run(watched);
  const events = new Map<NodeId, Map<string, NodeEvent>>();
  for (const { state, event } of steps.values()) {
    const mine = events.get(state.id) ?? new Map<string, NodeEvent>();
    events.set(state.id, mine.set(keyOf(event), event));
  }
  return {
    steps: [...steps.values()],
    events: new Map([...events].map(([id, some]) => [id, [...some.values()]])),
  };
}

/** Twins: what became of one node in the same run, with the part and without it. */
type Twins = readonly [NodeState, NodeState];

/**
 * Takes every step with both nodes, and from where they differ every event that ever was, as long as there
 * are new twins. They are told apart when their effects differ somewhere.
 */
function comparison(
  intact: RuleNode,
  weak: RuleNode,
  { steps, events }: Met,
  limit: number,
  reach: Reach = { terms, log: hasLog(intact) ? 1 : 0, events: Infinity },
): Pick<Cover, 'steps' | 'differing' | 'twins' | 'fields'> | 'told' | 'too far' {
  const known = new Set<string>();
  const twins: Twins[] = [];
  const fields = new Set<string>();
  const same = ([one, other]: Twins, event: NodeEvent): boolean => {
    const after = intact.step(one, event);
    const otherAfter = stepOf(weak, other, event);
    if (!otherAfter || keyOf(after.effects) !== keyOf(otherAfter.effects)) return false;
    const [key, otherKey] = [keyOf(after.state), keyOf(otherAfter.state)];
    if (key === otherKey || isBeyond(after.state, reach) || known.has(key + otherKey)) return true;
    for (const field of differing(after.state, otherAfter.state)) fields.add(field);
    known.add(key + otherKey);
    twins.push([after.state, otherAfter.state]);
    return true;
  };
  let taken = 0;
  let parted = 0;
  for (const { state, event } of steps) {
    const before = twins.length;
    taken += 1;
    if (!same([state, state], event)) return 'told';
    if (twins.length > before) parted += 1;
  }
  for (const pair of twins) {
    for (const event of someOf(events.get(pair[0].id) ?? [], reach.events)) {
      taken += 1;
      if (taken > limit) return 'too far';
      if (!same(pair, event)) return 'told';
    }
  }
  return { steps: taken, differing: parted, twins: twins.length, fields: [...fields].sort() };
}

/** Undefined when the node throws. */
function stepOf(node: RuleNode, state: NodeState, event: NodeEvent) {
  try {
    return node.step(state, event);
  } catch {
    return undefined;
  }
}

/** So many of them, evenly spread. */
const someOf = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : all.filter((_, place) => place % Math.ceil(all.length / most) === 0);

/** How far twins are followed, and on how many events each pair is compared. */
interface Reach {
  readonly terms: number;
  readonly log: number;
  readonly events: number;
}

const runReach: Reach = { terms: Infinity, log: Infinity, events: mostTwinEvents };

const isBeyond = ({ currentTerm = 0, log = [] }: NodeState, most: Reach): boolean =>
  currentTerm > most.terms || Log.of(log).lastIndex > most.log;

const differing = (one: NodeState, other: NodeState): string[] =>
  Object.keys(one).filter(
    (field) => keyOf(Reflect.get(one, field)) !== keyOf(Reflect.get(other, field)),
  );

/** In how many steps a condition was asked, and in how many of them it refused. */
function askedIn(
  node: RuleNode,
  { rule, condition }: Part,
  { steps }: Met,
): Pick<Cover, 'asked' | 'refused'> {
  const conditions = node.rules.find(({ name }) => name === rule)?.conditions ?? [];
  const place = (name = '') => conditions.findIndex((each) => each.name === name);
  if (condition === undefined) return {};
  let [asked, refused] = [0, 0];
  for (const { state, event } of steps) {
    for (const verdict of node.step(state, event).fired) {
      if (verdict.rule !== rule) continue;
      const reached = verdict.refused === undefined || place(verdict.refused) >= place(condition);
      if (reached) asked += 1;
      if (verdict.refused === condition) refused += 1;
    }
  }
  return { asked, refused };
}
