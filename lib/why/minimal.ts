// Makes a run as short as it can be by leaving out acts: in the end no single one can be spared.

import type { Act } from '../cluster/step.ts';

/**
 * A list of acts from which none can be left out. `shows` gives the acts that are needed of those it
 * is given, when they still show what the run is to show; it must show it at first.
 */
export function minimal(
  acts: readonly Act[],
  shows: (acts: readonly Act[]) => readonly Act[] | undefined,
): readonly Act[] {
  let now = shows(acts);
  if (!now) throw new Error('the run does not show what it is to show');
  for (let size = Math.max(1, now.length >> 1); ; size = Math.max(1, size >> 1)) {
    const before: number = now.length;
    for (let at = 0; at < now.length;) {
      const fewer = shows([...now.slice(0, at), ...now.slice(at + size)]);
      if (fewer) now = fewer;
      else at += size;
    }
    if (size === 1 && now.length === before) return now;
  }
}
