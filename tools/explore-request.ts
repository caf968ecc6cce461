// Reads what a search is asked on the command line. A mistake becomes one line that says what would be right.

import type { Pass } from '../lib/explore/passes.ts';
import type { Bounds, Filter, Problem } from '../lib/explore/problem.ts';
import { beyondStart } from '../lib/explore/start.ts';
import type { RuleNode } from '../lib/rules/node.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { flagList, nearestTo, readFlagsOf, UsageError } from '../lib/stepper/flags.ts';
import { asksOf } from './explore-asks.ts';
import { chapterOf, startFrom } from './explore-from.ts';

/** What to search, and what to do with what is found. */
export interface Request {
  readonly chapter: Chapter;
  readonly problem: Problem;
  /** The one pass that was asked for; otherwise all. */
  readonly passes?: readonly Pass[];
  readonly traceFile?: string;
  /** What is searched, in a few words. */
  readonly says: string;
}

const flags = {
  without: {
    type: 'string',
    multiple: true,
    value: ' RULE[/CONDITION]',
    does: 'Leave out a rule, or one condition of it; may be given several times.',
  },
  variant: { type: 'string', value: ' NAME', does: "Search a variant of the chapter's rules." },
  nodes: { type: 'string', value: ' N', does: 'So many nodes, 2 to 5. Default 3.' },
  terms: { type: 'string', value: ' N', does: 'No term, or ballot, above N. Default 3.' },
  log: { type: 'string', value: ' N', does: 'No log that ends after index N. Default 2.' },
  requests: {
    type: 'string',
    value: ' N',
    does: 'At most N different client requests. Default: the same one, while logs have room.',
  },
  ask: {
    type: 'string',
    multiple: true,
    value: " 'CLIENT COMMAND'",
    does: "What clients ask, in this order, and their history is judged: 'Ann x=1', 'Bob x? index', 'Ann x=1 again'.",
  },
  restarts: { type: 'string', value: ' N', does: 'At most N crashes with a restart. Default 0.' },
  changes: {
    type: 'string',
    value: ' N',
    does: 'An administrator asks for other voters, at most N times. Default 0.',
  },
  transfers: {
    type: 'string',
    value: ' N',
    does: 'An administrator asks for another leader, at most N times. Default 0.',
  },
  most: {
    type: 'string',
    multiple: true,
    value: ' FIELD=N',
    does: 'No state whose FIELD is above N; may be given several times.',
  },
  depth: { type: 'string', value: ' N', does: 'No run of more than N steps. Default: any.' },
  states: { type: 'string', value: ' N', does: 'Stop at N states a pass. Default 30000000.' },
  filter: {
    type: 'string',
    value: ' NAME',
    does: 'One pass only: none, dead or stale. Default: one after the other.',
  },
  'no-symmetry': {
    type: 'boolean',
    value: '',
    does: 'Tell worlds apart that differ in names, as is always done with --from.',
  },
  property: { type: 'string', value: ' NAME', does: 'Judge by this safety property alone.' },
  from: {
    type: 'string',
    value: ' CHAPTER/SCENARIO:STEP',
    does: 'Start from the state that a recorded run reaches. Terms, log and fields are counted from there; default 1 each.',
  },
  trace: { type: 'string', value: ' FILE', does: 'Write what is found as a trace.' },
  help: { type: 'boolean', short: 'h', value: '', does: 'Print this help.' },
} as const;

const names = ['A', 'B', 'C', 'D', 'E'];

export const exploreHelp = (): string =>
  'Usage: npm run explore -- CHAPTER [flags]\n\n' +
  'Searches every interleaving of a small cluster, breadth first, for a run that breaks a safety\n' +
  'property: any message delivered, lost or duplicated, any timer running out. The chapter is\n' +
  'named by its folder or its number. Ctrl-C stops and says what is covered.\n\n' +
  flagList(flags);

/** Reads chapter and flags. Throws UsageError at the first that cannot be. */
export function readRequest(chapters: readonly Chapter[], args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-')) {
    throw new UsageError('Expected a chapter first, as in: npm run explore -- 03-voting');
  }
  const chapter = chapterOf(chapters, first);
  const given = readFlagsOf(flags, rest);
  const from = given.from === undefined ? undefined : startFrom(chapters, given.from);
  const nodes = from?.nodes ?? names.slice(0, number('nodes', given.nodes, 3, 2, 5));
  const missing = given.without ?? [];
  const whole = variantOf(chapter, given.variant);
  const fresh = whole.init('A', []);
  const hasLog = 'log' in fresh || 'slots' in fresh;
  // Where one value is chosen, two clients must want different ones, or nothing could go wrong.
  const requests = 'ballot' in fresh ? 2 : hasLog ? Infinity : 0;
  const asks = given.ask && asksOf(chapter, given.ask, from?.start);
  const further: Bounds = {
    terms: number('terms', given.terms, from ? 1 : 3, 0),
    ...('ballot' in fresh && { called: 'ballots' as const }),
    log: number('log', given.log, hasLog ? (from ? 1 : 2) : 0, 0),
    requests: requests > 0 ? number('requests', given.requests, requests, 0) : 0,
    restarts: number('restarts', given.restarts, 0, 0),
    ...forMembers(chapter, given),
    depth: number('depth', given.depth, Infinity, 0),
    ...(given.most && { fields: fieldsOf(chapter, given.most) }),
  };
  const limit = number('states', given.states, 30_000_000, 1);
  const filter = given.filter === undefined ? undefined : filterNamed(given.filter);
  const unbounded = {
    node: missing.reduce((node, each) => without(node, each), whole),
    nodes,
    properties: propertiesOf(chapter, given.property),
    // From the middle of a run nodes differ: to look for mirror images would cost more than it saves.
    symmetry: !given['no-symmetry'] && !from,
    limit,
    ...(asks && { asks }),
    ...from,
  };
  const bounds = from ? beyondStart(unbounded, further) : further;
  const problem: Problem = { ...unbounded, bounds };
  const says = [
    chapter.name,
    ...(given.variant === undefined ? [] : [given.variant]),
    ...missing.map((each) => `without ${each}`),
    `with ${nodes.length} nodes`,
    ...(given.from === undefined ? [] : [`from ${given.from}`]),
  ].join(' ');
  return {
    chapter,
    problem,
    ...(filter !== undefined && { passes: [{ filter, bounds, limit }] }),
    ...(given.trace !== undefined && { traceFile: given.trace }),
    says,
  };
}

/** How often administrators ask, where the chapter knows them. */
function forMembers(
  { name, node }: Chapter,
  { changes, transfers }: { readonly changes?: string; readonly transfers?: string },
): Pick<Bounds, 'changes' | 'transfers'> {
  if (changes === undefined && transfers === undefined) return {};
  if (!('configuration' in node.init('A', []))) {
    const flag = changes === undefined ? '--transfers' : '--changes';
    throw new UsageError(
      `${flag} needs a chapter whose members can change; those of ${name} do not.`,
    );
  }
  return {
    changes: number('changes', changes, 0, 0),
    transfers: number('transfers', transfers, 0, 0),
  };
}

function variantOf(chapter: Chapter, name: string | undefined): RuleNode {
  if (name === undefined) return chapter.node;
  const found = chapter.variants?.[name];
  if (found) return found;
  const known = Object.keys(chapter.variants ?? {}).join(', ') || 'none';
  throw new UsageError(`Chapter ${chapter.name} has no variant '${name}'; it has: ${known}.`);
}

/** The node without a rule, or without the condition after the slash, which may be its beginning. */
function without(node: RuleNode, written: string): RuleNode {
  const [ruleName = '', ...more] = written.split('/');
  const rule = node.rules.find(({ name }) => name === ruleName.trim());
  if (!rule) {
    const nearest = nearestTo(
      ruleName,
      node.rules.map(({ name }) => name),
    );
    throw new UsageError(`There is no rule '${ruleName}'; the nearest is ${nearest}.`);
  }
  if (more.length === 0) return node.without(rule.name);
  const start = more.join('/').trim();
  const conditions = rule.conditions.map(({ name }) => name);
  const condition = conditions.find((name) => name === start || name.startsWith(start));
  if (condition === undefined) {
    const known = conditions.map((name) => `'${name}'`).join(', ') || 'none';
    throw new UsageError(`${rule.name} has no condition '${start}'; it has: ${known}.`);
  }
  return node.without(rule.name, condition);
}

function propertiesOf({ name, properties }: Chapter, wanted: string | undefined) {
  if (wanted === undefined) return properties;
  const found = properties.find((property) => property.name === wanted);
  if (found) return [found];
  const known = properties.map((property) => property.name);
  throw new UsageError(`Chapter ${name} has no property '${wanted}'; it has: ${known.join(', ')}.`);
}

/** As in `round=3`, for each field one. */
function fieldsOf({ node }: Chapter, written: readonly string[]): Record<string, number> {
  const counts = Object.entries(node.init('A', [])).flatMap(([field, value]) =>
    typeof value === 'number' ? [field] : [],
  );
  return Object.fromEntries(
    written.map((each): [string, number] => {
      const [field = '', value] = each.split('=');
      if (counts.includes(field)) return [field, number('most', value ?? '', 0, 0)];
      throw new UsageError(
        `--most needs a field that counts, as in ${counts[0]}=3; found '${each}'. There are: ${counts.join(', ')}.`,
      );
    }),
  );
}

function filterNamed(name: string): Filter {
  if (name === 'none' || name === 'dead' || name === 'stale') return name;
  throw new UsageError(`There is no filter '${name}'; expected none, dead or stale.`);
}

function number(
  flag: string,
  written: string | undefined,
  otherwise: number,
  lowest: number,
  highest = Infinity,
): number {
  if (written === undefined) return otherwise;
  const value = /^\d+$/.test(written) ? Number(written) : NaN;
  if (value >= lowest && value <= highest) return value;
  const range = highest < Infinity ? `${lowest} to ${highest}` : `${lowest} or more`;
  throw new UsageError(`--${flag} needs a whole number, ${range}; found '${written}'.`);
}
