// A verdict of the why pages in plain words: what it is, and how it was found out.

import type { Bounds } from '../explore/problem.ts';
import { sayBounds, sayFilter } from '../explore/words.ts';
import type { Part } from '../rules/node.ts';
import type { Comparison, Cover, Partner, Searched, Verdict } from '../why/verdict.ts';
import { allWeathers } from '../why/living.ts';
import { clientFigureNames, figureNames } from '../why/meter.ts';
import { code, list, markdown, table } from './text.ts';

/** The verdict in one word or two. */
export const verdictWords: Readonly<Record<Verdict['verdict'], string>> = {
  safety: 'safety',
  liveness: 'liveness',
  cost: 'cost',
  redundant: 'redundant here',
};

/** The verdict in one sentence. */
export function sayVerdict(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'safety':
      return `Without it, ${markdown(verdict.property)} breaks in ${verdict.steps} ${verdict.steps === 1 ? 'step' : 'steps'}.`;
    case 'liveness':
      return (
        `No property was seen to break, but a cluster does not do what it must in time: in ` +
        `${verdict.failed} of ${verdict.seeds} seeded runs.`
      );
    case 'cost':
      return 'Nothing breaks and nothing stops, but it costs more.';
    case 'redundant':
      return isMissed(verdict)
        ? 'No property was seen to break without it, and no figure of the seeded runs is clearly worse. ' +
            'But a recorded run ends otherwise, as is shown below.'
        : `In this chapter nothing was seen to go wrong without it${reasonOf(verdict)}.`;
  }
}

/** Whether nothing covers for it, and the run that shows the difference ends otherwise. */
const isMissed = ({ cover, partner, shownBy }: Redundant): boolean =>
  !cover && !partner && (shownBy?.missed.length ?? 0) > 0;

/** Why nothing is seen to go wrong, as the end of a sentence. */
function reasonOf({ cover, partner }: Redundant): string {
  if (partner || (cover && cover.guards.length > 0))
    return ', because something else covers for it';
  return cover ? ', because nobody else can tell' : '';
}

/** How it was found out, in lines of Markdown. */
export function howLines(verdict: Verdict): readonly string[] {
  switch (verdict.verdict) {
    case 'safety':
      return [
        foundLine(verdict),
        'Without any one of these steps, the rest of them breaks nothing.',
      ];
    case 'liveness': {
      const { trial, says, seed, problem } = verdict;
      const sentence = markdown(says.replace(/[.]$/, ''));
      return [
        `The seeded runs are those of *${markdown(trial)}*: ${sentence}. With the rule in place, all of them go well. ` +
          `Without it, the first that does not has seed ${seed}: ${markdown(problem)}.`,
      ];
    }
    case 'cost':
      return costTable(verdict.costs);
    case 'redundant':
      return redundantLines(verdict);
  }
}

type Redundant = Extract<Verdict, { verdict: 'redundant' }>;

function redundantLines({
  cover,
  partner,
  differences,
  walksFromRuns,
}: Redundant): readonly string[] {
  const covered = [
    ...(cover ? coverLines(cover) : []),
    ...(cover && partner ? [''] : []),
    ...(partner ? partnerLines(partner) : []),
    ...(cover || partner ? [] : [walksFromRuns === undefined ? uncovered : uncoveredInRuns]),
  ];
  return differences.length === 0
    ? [...covered, '', 'Every figure of every seeded run is the same with it and without it.']
    : [...covered, '', 'None of these figures is clearly worse:', '', ...costTable(differences)];
}

const uncovered =
  'No other rule or condition was found that covers for it: leaving out any of them as well changed nothing ' +
  'either. These searches were small.';

const uncoveredInRuns =
  'No other rule or condition was found that covers for it: leaving out any that hears the same event as well broke nothing ' +
  'more under the schedules of recorded runs. No more than eight of these were followed.';

const partOf = ({ rule, condition }: Part): string =>
  condition === undefined ? code(rule) : `${code(rule)} / ${markdown(condition)}`;

/** That nobody can tell, and who sees to it. */
function coverLines(cover: Cover): readonly string[] {
  const { asked, refused, steps, differing, twins, fields, guards } = cover;
  const count = (number: number) => number.toLocaleString('en');
  const where = cover.in === 'runs' ? 'the recorded runs and the trials' : 'a search';
  const questions =
    asked === undefined
      ? []
      : [
          asked === 0
            ? `In none of the steps of ${where} it was even asked.`
            : refused === 0
              ? `It never refuses: in ${count(asked)} different steps of ${where} it was asked, and each time it held.`
              : `In ${count(asked)} different steps of ${where} it was asked, and in ${count(refused ?? 0)} of them it refused.`,
          '',
        ];
  const seen =
    differing === 0
      ? `Without it, nodes did the same in every one of ${count(steps)} steps.`
      : `Without it, nothing else was sent, written or answered, nor a timer set, in ${count(steps)} steps. Only ` +
        `${list(fields.map((field) => code(field)))} differed, after ${count(differing)} of the steps ` +
        (cover.in === 'runs'
          ? `of ${where}; each of the ${count(twins)} pairs of states that came of it was handed up to a hundred events of these runs.`
          : `that the search met; each of the ${count(twins)} pairs of states that came of it was handed every event of the search.`);
  const who =
    guards.length === 0
      ? 'No other single rule or condition was found that sees to that.'
      : `What sees to that: ${list(guards.map(partOf))}. Without ${guards.length === 1 ? 'that' : 'one of these'}, it would ` +
        (refused === 0 ? 'refuse now and then.' : 'make a difference that others see.');
  return [...questions, seen, '', who];
}

/** What breaks without both, or what more it costs. */
function partnerLines({
  breaks,
  run,
  steps,
  states,
  costs = [],
  ...part
}: Partner): readonly string[] {
  const covers = `${partOf(part)} covers for it.`;
  if (breaks === undefined) {
    return [
      `${covers} Without both, it clearly costs more than without that alone, which is *with it* here:`,
      '',
      ...costTable(costs),
    ];
  }
  if (run !== undefined) {
    return [
      `${covers} Under the schedule of the recorded run *${markdown(run)}*, ${markdown(breaks)} breaks without both, and not ` +
        'without that alone.',
    ];
  }
  return [
    steps === undefined
      ? `${covers} Without that alone nodes come through this, and without both they do not: ${markdown(breaks)}.`
      : `${covers} Without both, ${markdown(breaks)} breaks in ${steps} steps. Without that alone nothing breaks so ` +
        `soon, in none of ${(states ?? 0).toLocaleString('en')} states.`,
  ];
}

/** The searches, one a line. */
export function searchedLines({ searched, walks, walksFromRuns }: Verdict): readonly string[] {
  if (searched.length === 0) {
    return ['This chapter promises none of the properties of the paper yet, so none was searched.'];
  }
  const chance =
    walks === undefined
      ? []
      : [`- Then ${walks.toLocaleString('en')} walks at random with five nodes.`];
  const fromRuns =
    walksFromRuns === undefined
      ? []
      : [
          '- Then the schedules of the recorded runs, of this chapter and of those before it that have clients; the trials of the ' +
            `chapter, four seeds each; and ${walksFromRuns.toLocaleString('en')} walks at random, each from where a recorded run has ` +
            'come at some step.',
        ];
  return [
    'How it was searched, from a fresh start:',
    '',
    ...searched.map(searchLine),
    ...chance,
    ...fromRuns,
  ];
}

function searchLine(searched: Searched): string {
  const { nodes, terms, log, restarts = 0, ballots, filter, states, outcome } = searched;
  const usual = { terms, log, requests: Infinity, restarts, depth: Infinity };
  const bounds: Bounds = ballots ? { ...usual, ...ballots, called: 'ballots' } : usual;
  const end = {
    violation: 'a violation',
    exhausted: 'all of them, no violation',
    stopped: 'stopped there, no violation',
  }[outcome];
  return `- ${nodes === 3 ? 'Three' : 'Five'} nodes, ${markdown(sayBounds(bounds))}, ${sayFilter(filter)}: ${states.toLocaleString('en')} ${states === 1 ? 'state' : 'states'}, ${end}.`;
}

function foundLine({
  found,
  where,
  provenShortest,
}: Extract<Verdict, { verdict: 'safety' }>): string {
  switch (found) {
    case 'search':
      return provenShortest
        ? 'A search of every interleaving found it; no shorter run within its bounds breaks a property.'
        : 'A search found it. A shorter run may exist, because the search forgot messages that did nothing at the time.';
    case 'recorded run':
      return `The schedule of the recorded run *${markdown(where ?? '')}* found it, and was made shorter. A shorter run may exist.`;
    case 'schedule':
      return 'A schedule that was written for it found it, and was made shorter. A shorter run may exist.';
    case 'chance':
      return 'Walks at random found it, and the shortest of the first few was made shorter. A shorter run may exist.';
    case 'walk from a run':
      return `Walks at random from where recorded runs have come found it, this one from *${markdown(where ?? '')}*, and it was made shorter. A shorter run may exist.`;
    case 'trial':
      return `A seeded run of *${markdown(where ?? '')}* found it, and was made shorter. A shorter run may exist.`;
  }
}

/** Figures with the rule and without it, on average over the seeds. */
function costTable(comparisons: readonly Comparison[]): readonly string[] {
  const rows = comparisons.map((each) => [
    markdown(each.weather),
    figureOf(each.figure),
    number(each.with),
    number(each.without),
    `${each.worse} of ${each.seeds}`,
    `${each.better} of ${each.seeds}`,
  ]);
  const used = allWeathers.filter(({ name }) =>
    comparisons.some(({ weather }) => weather === name),
  );
  const explained = list(used.map(({ name, says }) => `*${markdown(name)}*: ${markdown(says)}`));
  return [
    ...table(['seeded runs', 'on average', 'with it', 'without it', 'worse in', 'better in'], rows),
    '',
    `Three virtual seconds each, ${explained}.`,
  ];
}

const number = (value: number) => value.toLocaleString('en');

const figureOf = (figure: string): string =>
  Object.entries({ ...figureNames, ...clientFigureNames }).find(([name]) => name === figure)?.[1] ??
  figure;
