// The stepper on a real terminal: reads keys and draws screens.

import type { View } from './keys.ts';
import { press, quitKeys } from './keys.ts';
import type { Scene } from './scene.ts';
import type { Screen } from './screen.ts';
import { screenOf } from './screen.ts';
import type { TerminalStreams } from './take-terminal.ts';
import { takeTerminal } from './take-terminal.ts';

/** The scenes to step through; each is made when it is first shown. */
export interface Scenes {
  readonly count: number;
  at(index: number): Scene;
}

/** Steps through the scenes until the reader quits. */
export function stepThrough(scenes: Scenes, first: View, streams: TerminalStreams): Promise<void> {
  let view = first;
  let screen: Screen = { lines: [], maxScroll: 0 };
  return new Promise((resolve) => {
    const quit = () => {
      terminal.leave();
      resolve();
    };
    const draw = (clear = false) => {
      screen = screenOf(scenes.at(view.scene), view, scenes.count, terminal.size());
      terminal.draw(screen.lines, clear);
    };
    const terminal = takeTerminal(streams, {
      key(name) {
        if (quitKeys.includes(name)) return quit();
        const { moments } = scenes.at(view.scene);
        view = press(view, name, { scenes: scenes.count, moments, maxScroll: screen.maxScroll });
        draw();
      },
      resized: () => draw(true),
      ended: quit,
    });
    draw(true);
  });
}
