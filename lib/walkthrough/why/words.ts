// A verdict of the why pages in plain words: what it is, and how it was found out.

import type { Part } from '../../rules/node.ts';
import type { Cover, Partner, Verdict } from '../../why/verdict.ts';
import { blocks, code, details, list, markdown } from '../text.ts';
import { clearlyWorse, figureLines } from './figures.ts';
import { inside, sidesOf } from './sides.ts';

/** The verdict in one word or two. */
export const verdictWords: Readonly<Record<Verdict['verdict'], string>> = {
  safety: 'safety',
  liveness: 'liveness',
  cost: 'cost',
  redundant: 'redundant here',
};

/** The verdict in one sentence. */
export function sayVerdict(verdict: Verdict): string {
  const { lackingIt } = sidesOf(verdict);
  switch (verdict.verdict) {
    case 'safety':
      return `${lackingIt}, ${breaksIn(verdict.property, verdict.steps)}.`;
    case 'liveness':
      return (
        `No property was seen to break, but a cluster does not do what it must in time: in ` +
        `${verdict.failed} of ${verdict.seeds} seeded runs.`
      );
    case 'cost':
      return 'Nothing breaks and nothing stops, but it costs more.';
    case 'redundant':
      return isMissed(verdict)
        ? `No property was seen to break ${inside(lackingIt)}, and no figure of the seeded runs is clearly worse. ` +
            'But a recorded run ends otherwise, as is shown below.'
        : `In this chapter nothing was seen to go wrong ${inside(lackingIt)}${reasonOf(verdict)}.`;
  }
}

/** `the property *Log Matching* breaks in 9 steps`. */
const breaksIn = (property: string, steps: number): string =>
  `the property *${markdown(property)}* breaks in ${steps} ${steps === 1 ? 'step' : 'steps'}`;

/** Whether nothing covers for it, and the run that shows the difference ends otherwise. */
const isMissed = ({ cover, partner, shownBy }: Redundant): boolean =>
  !cover && !partner && (shownBy?.missed.length ?? 0) > 0;

/** Why nothing is seen to go wrong, as the end of a sentence. */
function reasonOf({ cover, partner }: Redundant): string {
  if (partner || (cover && cover.guards.length > 0))
    return ', because something else covers for it';
  return cover ? ', because nobody else can tell' : '';
}

/** How it was found out, in lines of Markdown; `reason` is what the developers say of what nothing was found to cover for. */
export function howLines(verdict: Verdict, reason: string | undefined): readonly string[] {
  const sides = sidesOf(verdict);
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
        `The seeded runs are those of *${markdown(trial)}*: ${sentence}. With the rule ${verdict.asBefore ? 'as it is now' : 'in place'}, all of them go ` +
          `well. ${sides.lackingIt}, the first that does not has seed ${seed}: ${markdown(problem)}.`,
      ];
    }
    case 'cost':
      return blocks([clearlyWorse], figureLines(verdict.costs, sides));
    case 'redundant':
      return redundantLines(verdict, reason);
  }
}

type Redundant = Extract<Verdict, { verdict: 'redundant' }>;

function redundantLines(verdict: Redundant, reason: string | undefined): readonly string[] {
  const { cover, partner, differences } = verdict;
  const sides = sidesOf(verdict);
  const count = differences.length;
  const figures = details(
    `Every figure that differs (${count}), none clearly worse`,
    figureLines(differences, sides),
  );
  return blocks(
    cover ? coverLines(cover, verdict, partner !== undefined) : [],
    partner ? partnerLines(partner, verdict) : [],
    cover || partner ? [] : uncoveredLines(verdict, reason),
    count > 0 ? figures : [`Every figure of every seeded run is the same ${sides.inBoth}.`],
    count > 0 || partner?.costs ? [clearlyWorse] : [],
  );
}

/** What the developers say where nothing was found that covers for it, and what was looked for. */
function uncoveredLines(
  { walksFromRuns }: Redundant,
  reason: string | undefined,
): readonly string[] {
  const where =
    walksFromRuns === undefined
      ? 'by small searches without both'
      : 'among those that hear the same event, under the schedules of at most eight recorded runs';
  const none = `No other rule or condition was found that covers for it, ${where}.`;
  return reason === undefined
    ? [none]
    : [
        `**Why, as far as we know:** ${reason}`,
        '',
        `This is what the developers say; no search has found it. ${none}`,
      ];
}

const partOf = ({ rule, condition }: Part): string =>
  condition === undefined ? code(rule) : `${code(rule)} / ${markdown(condition)}`;

/** That nobody can tell, and who sees to it; `isCovered` when something else is known to cover for it. */
function coverLines(cover: Cover, verdict: Redundant, isCovered: boolean): readonly string[] {
  const { asked, refused, steps, differing, twins, fields, guards } = cover;
  const { lackingIt } = sidesOf(verdict);
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
        ];
  const seen =
    differing === 0
      ? `${lackingIt}, nodes did the same in every one of ${count(steps)} steps.`
      : `${lackingIt}, nothing else was sent, written or answered, nor a timer set, in ${count(steps)} steps. Only ` +
        `${list(fields.map((field) => code(field)))} differed, after ${count(differing)} of the steps ` +
        (cover.in === 'runs'
          ? `of ${where}; each of the ${count(twins)} pairs of states that came of it was handed up to a hundred events of these runs.`
          : `that the search met; each of the ${count(twins)} pairs of states that came of it was handed every event of the search.`);
  const guarded =
    `What sees to that: ${list(guards.map(partOf))}. Without ${guards.length === 1 ? 'that' : 'one of these'}, it would ` +
    (refused === 0 ? 'refuse now and then.' : 'make a difference that others see.');
  const nobody = isCovered
    ? []
    : ['No other single rule or condition was found that sees to that.'];
  return blocks(questions, [seen], guards.length === 0 ? nobody : [guarded]);
}

/** What breaks without both, or what more it costs. */
function partnerLines(
  { breaks, run, steps, states, costs = [], ...part }: Partner,
  { asBefore }: Redundant,
): readonly string[] {
  const covers = `${partOf(part)} covers for it.`;
  const both = asBefore ? 'without that and with the rule as it was' : 'without both';
  if (breaks === undefined) {
    const sides = { lacking: both, whole: 'without that alone' };
    return blocks(
      [`${covers} It clearly costs more ${both} than without that alone:`],
      figureLines(costs, sides),
    );
  }
  if (run !== undefined) {
    return [
      `${covers} Under the schedule of the recorded run *${markdown(run)}*, the property *${markdown(breaks)}* breaks ${both}, ` +
        'and not without that alone.',
    ];
  }
  return [
    steps === undefined
      ? `${covers} Without that alone nodes come through this trial, but ${both} they do not. The trial that fails: *${markdown(breaks)}*.`
      : `${covers} ${both.charAt(0).toUpperCase()}${both.slice(1)}, ${breaksIn(breaks, steps)}. Without that alone nothing breaks so ` +
        `soon, in none of ${(states ?? 0).toLocaleString('en')} states.`,
  ];
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
