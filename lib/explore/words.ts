// How a search reads in plain words: how far it is, and what is known when it ends.

import { describeViolation } from '../check/property.ts';
import type { RaftNode } from '../node/contract.ts';
import type { Trace } from '../trace/trace.ts';
import { sayAct } from '../words/words.ts';
import type { PassProgress, Report } from './passes.ts';
import type { Bounds, Filter, Verdict } from './problem.ts';

const grouped = (count: number) => Math.round(count).toLocaleString('en');

/** `1 state`, `2,345 states`. */
const states = (count: number) => `${grouped(count)} ${count === 1 ? 'state' : 'states'}`;

/**
 * `terms ≤ 3, log ≤ 2, requests while the log has room, no restart`. Of nodes without a log it says nothing of that, and of
 * requests only where they begin ballots.
 */
export function sayBounds(bounds: Bounds, node: RaftNode): string {
  const { terms, called, log, requests, restarts, depth } = bounds;
  const { changes = 0, transfers = 0, fields = {} } = bounds;
  const hasLog = log > 0 || node.init('A', []).log !== undefined;
  return [
    terms < Infinity ? `${called ?? 'terms'} ≤ ${terms}` : 'any term',
    ...(hasLog ? [log < Infinity ? `log ≤ ${log}` : 'any log'] : []),
    ...(hasLog || called ? [sayRequests(requests)] : []),
    restarts > 0 ? `restarts ≤ ${restarts}` : 'no restart',
    ...(changes > 0 ? [`changes ≤ ${changes}`] : []),
    ...(transfers > 0 ? [`transfers ≤ ${transfers}`] : []),
    ...Object.entries(fields).map(([field, most]) => `${field} ≤ ${most}`),
    ...(depth < Infinity ? [`depth ≤ ${depth}`] : []),
  ].join(', ');
}

function sayRequests(requests: number): string {
  if (requests === 0) return 'no request';
  return requests < Infinity ? `requests ≤ ${requests}` : 'requests while the log has room';
}

const filterWords: Readonly<Record<Filter, string>> = {
  none: 'every message kept',
  dead: 'without dead replies',
  stale: 'without idle replies and stale requests',
};

export const sayFilter = (filter: Filter): string => filterWords[filter];

/** One line on how far a search is; `perSecond` counts states. */
export function sayProgress(
  { earlier, states: count, depth, queue, filter, bounds }: PassProgress,
  perSecond: number,
  megabytes: number,
): string {
  return (
    `pass ${earlier.length + 1} (${filter}, terms ${bounds.terms}, log ${bounds.log}): ${states(count)}, ` +
    `${grouped(perSecond)}/s, depth ${depth}, queue ${grouped(queue)}, ${grouped(megabytes)} MB`
  );
}

/** What is known in the end, and how. The trace is that of the counterexample, if there is one. */
export function sayReport(
  { passes, verdict }: Report,
  node: RaftNode,
  trace: Trace | undefined,
): string {
  const how = `Pass ${passes.length}: ${sayPass(verdict, node)}.`;
  const earlier = passes
    .slice(0, -1)
    .map((pass, index) => `Pass ${index + 1}: ${sayPass(pass, node)}; ${sayOutcome(pass)}.`);
  return [...sayVerdict(verdict, trace), '', ...earlier, how, ...sayCaveats(verdict)].join('\n');
}

const sayPass = (verdict: Verdict, node: RaftNode): string =>
  `${states(verdict.states)}, ${sayBounds(verdict.bounds, node)}, ${sayFilter(verdict.filter)}, ` +
  `${verdict.symmetry ? 'one of all that differ only in names' : 'each under its own names'}`;

function sayOutcome(verdict: Verdict): string {
  if (verdict.outcome === 'stopped') return 'stopped there, nothing found';
  return verdict.filterHolds === false ? 'a forgotten reply could matter' : 'no violation';
}

function sayVerdict(verdict: Verdict, trace: Trace | undefined): string[] {
  switch (verdict.outcome) {
    case 'exhausted':
      return [`No violation in ${states(verdict.states)} up to these bounds.`];
    case 'stopped': {
      // Where it forgets stale messages, not every run is.
      const covered = `Every run of ${grouped(verdict.depth)} steps is covered.`;
      return [
        `Stopped at ${states(verdict.states)}; no violation so far.` +
          (verdict.filter === 'stale' ? '' : ` ${covered}`),
      ];
    }
    case 'violation': {
      const { violation, error, property, depth, acts } = verdict.counterexample;
      const what = violation ? describeViolation(violation) : `${property}: ${error ?? ''}`;
      const moves = (trace?.steps ?? []).map(
        (step) => `${String(step.step).padStart(4)}  ${sayAct(step)}`,
      );
      const shortest = verdict.provenShortest
        ? 'No shorter run within the bounds breaks a property.'
        : 'A shorter run may exist: the search forgot stale requests, and replies that did nothing at the time.';
      const length =
        acts.length === depth
          ? `${depth} steps`
          : `${depth} steps of the search, ${acts.length} acts`;
      return [what, '', ...moves, '', `A run of ${length}. ${shortest}`];
    }
  }
}

function sayCaveats(verdict: Verdict): string[] {
  const { outcome, filter, filterHolds, bounded, asymmetry, unconfirmed } = verdict;
  return [
    'Worlds were compared word by word; none was taken for another.',
    ...(outcome === 'exhausted' && bounded ? ['There are states beyond the bounds.'] : []),
    ...(filterHolds === true ? ['No dead reply could have changed anything: checked.'] : []),
    ...(filter === 'stale' && outcome === 'exhausted'
      ? [
          'This proves less: replies that did nothing at the time, and stale requests, were forgotten.',
        ]
      : []),
    ...(asymmetry !== undefined ? [`Searched without symmetry: ${asymmetry}.`] : []),
    ...(unconfirmed > 0
      ? [`${grouped(unconfirmed)} suspected runs were not confirmed by the properties.`]
      : []),
  ];
}
