// What was searched for a verdict of the why pages, how far, and by which properties it was judged.

import { electionSafety } from '../../check/properties.ts';
import type { Bounds } from '../../explore/problem.ts';
import { sayBounds, sayFilter } from '../../explore/words.ts';
import type { Chapter } from '../../scenario/scenario.ts';
import type { Searched, Verdict } from '../../why/verdict.ts';
import { chapterNumber, exploredFile, pathBetween, whyPageFile } from '../links.ts';
import { blocks, list, markdown } from '../text.ts';

/** The searches, one a line, and what judged them. */
export function searchedLines(
  chapters: readonly Chapter[],
  chapter: Chapter,
  verdict: Verdict,
): readonly string[] {
  const judged = judgedLine(chapters, chapter);
  if (verdict.searched.length === 0) return [judged];
  const explored = pathBetween(whyPageFile(verdict), exploredFile);
  const within = `from a fresh start and up to [these bounds](${explored})`;
  const isLate = verdict.verdict === 'safety' && verdict.found !== 'search';
  return blocks(
    [isLate ? `These searches, ${within}, did not reach it:` : `How it was searched, ${within}:`],
    [...verdict.searched.map((searched) => searchLine(chapter, searched)), ...walkLines(verdict)],
    [judged],
  );
}

/** The safety properties of the chapter by name, and where Election Safety is first among them. */
export function judgedLine(chapters: readonly Chapter[], chapter: Chapter): string {
  const names = chapter.properties.map(({ name }) => `*${markdown(name)}*`);
  const first = chapters.findIndex(({ properties }) => properties.includes(electionSafety));
  const promising = chapters.indexOf(chapter) < first ? chapters[first] : undefined;
  return [
    names.length === 0
      ? 'This chapter promises no safety property yet, so none was searched.'
      : `Judged by: ${list(names)}.`,
    ...(promising
      ? [`*${electionSafety.name}* is promised from chapter ${chapterNumber(promising.name)} on.`]
      : []),
  ].join(' ');
}

/** The walks at random. Those that found something are told where that is said. */
function walkLines(verdict: Verdict): readonly string[] {
  const { walks, walksFromRuns } = verdict;
  const found = verdict.verdict === 'safety' ? verdict.found : undefined;
  const near = walks !== undefined && found !== 'chance';
  const far = walksFromRuns !== undefined;
  const farWalks = `and ${(walksFromRuns ?? 0).toLocaleString('en')} walks at random, each from where a recorded run has come at some step`;
  return [
    ...(near ? [`- Then ${walks.toLocaleString('en')} walks at random with five nodes.`] : []),
    ...(far
      ? [
          '- Then the schedules of the recorded runs, of this chapter and of those before it that have clients; the trials of the ' +
            `chapter, four seeds each${found === 'walk from a run' ? '' : `; ${farWalks}`}.`,
        ]
      : []),
  ];
}

function searchLine({ node }: Chapter, searched: Searched): string {
  const { nodes, terms, log, restarts = 0, ballots, filter, states, outcome } = searched;
  const usual = { terms, log, requests: Infinity, restarts, depth: Infinity };
  const bounds: Bounds = ballots ? { ...usual, ...ballots, called: 'ballots' } : usual;
  const end = {
    violation: 'a violation',
    exhausted: 'all of them, no violation',
    stopped: 'stopped there, no violation',
  }[outcome];
  const count = `${states.toLocaleString('en')} ${states === 1 ? 'state' : 'states'}`;
  return `- ${nodes === 3 ? 'Three' : 'Five'} nodes, ${markdown(sayBounds(bounds, node))}, ${sayFilter(filter)}: ${count}, ${end}.`;
}
