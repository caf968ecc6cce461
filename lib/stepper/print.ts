// Prints runs as plain text, for a pipe, for a file, and for a terminal that has no screen.

import type { Block } from './blocks.ts';
import { changes, effects, headline, narration, network, question, rules } from './blocks.ts';
import type { Moment, Scene } from './scene.ts';
import { chapterHeading } from './scene.ts';
import { blockLines } from './screen.ts';
import { stateTable } from './table.ts';
import type { Line } from './text.ts';
import { line, plainText, wrap } from './text.ts';

const width = 80;

/** A whole run: the start, every step, and the outcome. */
export function printRun(scene: Scene): string {
  const parts = scene.moments.map((moment) => {
    if (moment.kind === 'question') return blockLines(question(moment), width);
    const facts = [...head(scene, moment), ...blockLines(factsOf(scene, moment), width)];
    return moment.kind === 'step' ? facts : [...facts, [], ...stateTable(scene, moment, width)];
  });
  return textOf([title(scene), ...parts]);
}

/** One moment of a run, with the states and the messages in flight. */
export function printMoment(scene: Scene, moment: Moment): string {
  const facts = [...question(moment), ...factsOf(scene, moment)];
  return textOf([
    title(scene),
    [
      ...head(scene, moment),
      ...blockLines([...facts, ...network(scene, moment, 'full')], width),
      [],
      ...stateTable(scene, moment, width),
    ],
  ]);
}

function title({ chapter, trace: { header } }: Scene): Line[] {
  const name = `${header.title} (${header.scenario})`;
  return [line(chapterHeading(chapter)), ...wrap(line(name), width), line('─'.repeat(width))];
}

function head(scene: Scene, moment: Moment): Line[] {
  const [what] = headline(scene, moment);
  const when = moment.kind === 'step' ? `Step ${moment.step}, ${moment.record.time} ms: ` : '';
  return wrap(line(when + (what?.text ?? '')), width);
}

function factsOf(scene: Scene, moment: Moment): Block[] {
  const words = narration(scene, moment);
  if (moment.kind !== 'step') return words;
  const { record } = moment;
  return [...words, ...changes(scene, record), ...rules(scene, record, 'full'), ...effects(record)];
}

/** Paragraphs with an empty line between them. */
const textOf = (paragraphs: readonly (readonly Line[])[]): string =>
  paragraphs.map((lines) => lines.map((each) => plainText(each) + '\n').join('')).join('\n');
