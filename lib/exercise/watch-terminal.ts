// Watches an exercise on a real terminal: draws each verdict, gives hints in place, and ends with q.

import { quitKeys } from '../stepper/keys.ts';
import type { TerminalStreams } from '../stepper/take-terminal.ts';
import { takeTerminal } from '../stepper/take-terminal.ts';
import type { Line } from '../stepper/text.ts';
import type { Gap } from './gaps.ts';
import { onSave } from './on-save.ts';
import { verdictOn } from './verdict.ts';
import type { WatchView } from './watch-screen.ts';
import { watchScreen } from './watch-screen.ts';
import type { Trying } from './watcher.ts';
import { Watcher } from './watcher.ts';

/** Shows verdicts until the student quits. */
export function watchOn(
  streams: TerminalStreams,
  trying: Trying,
  gaps: readonly Gap[],
): Promise<void> {
  let view: WatchView = { verdict: undefined, hint: [], notice: '', scroll: 0 };
  /** How many hints were asked for, and for which rule. */
  let level = 0;
  let maxScroll = 0;
  return new Promise((resolve) => {
    const draw = (clear = false) => {
      const screen = watchScreen(view, terminal.size());
      ({ maxScroll } = screen);
      terminal.draw(screen.lines, clear);
    };
    const show = (change: Partial<WatchView>) => {
      view = { ...view, ...change };
      draw();
    };
    const gapNow = () => gaps.find(({ rule }) => rule.name === view.verdict?.current);
    const hint = () => {
      const gap = gapNow();
      if (!gap) return show({ notice: 'There is no rule to give a hint on now.' });
      level = (level + 1) % (gap.hint.length + 1);
      show({ hint: hintLines(gap, level) });
    };
    const watcher = new Watcher(trying, (tried, settled) => {
      const verdict = verdictOn(tried);
      const same = verdict.current === view.verdict?.current;
      if (!same) level = 0;
      const notice = settled ? `checked at ${new Date().toTimeString().slice(0, 8)}` : 'checking …';
      show({ verdict, notice, ...(!same && { hint: [], scroll: 0 }) });
    });
    const again = () => {
      show({ notice: 'checking …' });
      void watcher.again();
    };
    const stop = onSave(trying.submitted.file, again);
    const quit = () => {
      stop();
      watcher.stop();
      terminal.leave();
      resolve();
    };
    const terminal = takeTerminal(streams, {
      key(name) {
        if (quitKeys.includes(name)) quit();
        else if (name === 'h') hint();
        else if (name === 'down') show({ scroll: Math.min(view.scroll + 1, maxScroll) });
        else if (name === 'up') show({ scroll: Math.max(view.scroll - 1, 0) });
      },
      resized: () => draw(true),
      ended: quit,
    });
    draw(true);
    again();
  });
}

function hintLines({ rule, hint }: Gap, level: number): Line[] {
  const text = hint[level - 1];
  if (text === undefined) return [];
  return [
    [
      { text: `Hint ${level} of ${hint.length} for ${rule.name}. `, style: 'accent' },
      { text, style: 'plain' },
    ],
  ];
}
