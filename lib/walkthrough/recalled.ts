// Runs of earlier chapters that a chapter records again: the same scenario, with the later rules.

import type { Chapter, Scenario } from '../scenario/scenario.ts';

/** The first chapter that has this very scenario. */
export function homeOf(chapters: readonly Chapter[], chapter: Chapter, scenario: Scenario) {
  return chapters.find(({ scenarios }) => scenarios.includes(scenario)) ?? chapter;
}

/** The scenarios of a chapter: first its own, then those that it recalls. */
export function runsOf(
  chapters: readonly Chapter[],
  chapter: Chapter,
): { readonly own: readonly Scenario[]; readonly recalled: readonly Scenario[] } {
  const isOwn = (scenario: Scenario) => homeOf(chapters, chapter, scenario) === chapter;
  return {
    own: chapter.scenarios.filter(isOwn),
    recalled: chapter.scenarios.filter((scenario) => !isOwn(scenario)),
  };
}
