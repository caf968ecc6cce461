// Opens a chapter: on a terminal as the stepper, anywhere else as plain text.

import { record } from '../scenario/record.ts';
import type { Chapter, Scenario } from '../scenario/scenario.ts';
import { TraceError } from '../trace/error.ts';
import { readTrace } from '../trace/format.ts';
import { hasPart } from '../rules/node.ts';
import { nameOf } from '../why/question.ts';
import { helpText, nearestTo, readFlags, UsageError } from './flags.ts';
import { viewOf } from './keys.ts';
import { printMoment, printRun } from './print.ts';
import type { Scene } from './scene.ts';
import { momentOfStep, sceneOf } from './scene.ts';
import type { Scenes } from './terminal.ts';
import { stepThrough } from './terminal.ts';

/** Does what a chapter's command line says. A mistake in it sets exit code 2. */
export async function openChapter(chapter: Chapter, args: readonly string[]): Promise<void> {
  endWithReader();
  try {
    await open(chapter, args);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TraceError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function open(chapter: Chapter, args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) return write(helpText(chapter.name));
  if (flags.list) return write(listOf(chapter));
  const { first, scenes } =
    flags.trace === undefined
      ? recorded(chapter, flags.scenario)
      : { first: 0, scenes: only(read(chapter, flags.trace, flags.scenario)) };
  const moment = flags.step === undefined ? undefined : momentAt(scenes.at(first), flags.step);

  const { stdin: input, stdout: output } = process;
  if (!flags.print && input.isTTY && output.isTTY && process.env.TERM !== 'dumb') {
    return stepThrough(scenes, viewOf(first, moment), { input, output });
  }
  if (moment !== undefined) return write(printedMoment(scenes.at(first), moment));
  const all = flags.scenario === undefined ? [...Array(scenes.count).keys()] : [first];
  write(all.map((index) => printRun(scenes.at(index))).join('\n\n'));
}

/** The scenarios of the chapter, each recorded in memory when it is first shown. */
function recorded(chapter: Chapter, name: string | undefined): { first: number; scenes: Scenes } {
  const { scenarios } = chapter;
  const names = scenarios.map((scenario) => scenario.name);
  const first = name === undefined ? 0 : names.indexOf(name);
  if (name !== undefined && first < 0) {
    throw new UsageError(
      `Chapter ${chapter.name} has no scenario '${name}'; the nearest is ${nearestTo(name, names)}.`,
    );
  }
  const made = new Map<Scenario, Scene>();
  const at = (index: number) => {
    const scenario = scenarios[index];
    if (!scenario) throw new Error(`chapter ${chapter.name} has no scenario ${index}`);
    const scene = made.get(scenario) ?? sceneOf(chapter, record(chapter, scenario).trace);
    made.set(scenario, scene);
    return scene;
  };
  return { first, scenes: { count: scenarios.length, at } };
}

const only = (scene: Scene): Scenes => ({ count: 1, at: () => scene });

/** A scene from a trace file. */
function read(chapter: Chapter, file: string, scenario: string | undefined): Scene {
  if (scenario !== undefined) {
    throw new UsageError('A trace is one scenario; leave out --scenario or --trace.');
  }
  const trace = readTrace(file);
  const { chapter: other, variant, myth, without } = trace.header;
  if (myth !== undefined && !Object.hasOwn(chapter.myths ?? {}, myth)) {
    throw new UsageError(
      `${file} is a trace of the myth ${myth}; open it with: npx tsx myths/run.ts --trace ${file}`,
    );
  }
  if (other !== chapter.name) {
    throw new UsageError(
      `${file} is a trace of chapter ${other}; ` +
        `open it with: npx tsx chapters/${other}/run.ts --trace ${file}`,
    );
  }
  const known = Object.keys(chapter.variants ?? {});
  if (variant !== undefined && !known.includes(variant)) {
    throw new UsageError(`${file}: chapter ${chapter.name} has no variant named '${variant}'.`);
  }
  if (without && !hasPart(chapter.node, without)) {
    throw new UsageError(`${file}: chapter ${chapter.name} has no '${nameOf(without)}'.`);
  }
  return sceneOf(chapter, trace);
}

function momentAt({ moments, trace }: Scene, step: string): number {
  const moment = /^\d+$/.test(step) ? momentOfStep(moments, Number(step)) : -1;
  if (moment < 0) {
    const { scenario, steps } = trace.header;
    throw new UsageError(`${scenario} has the steps 0 to ${steps}; there is no step '${step}'.`);
  }
  return moment;
}

function printedMoment(scene: Scene, index: number): string {
  const moment = scene.moments[index];
  if (!moment) throw new Error(`the scene has no moment ${index}`);
  return printMoment(scene, moment);
}

function listOf({ scenarios }: Chapter): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}

const write = (text: string): void => void process.stdout.write(text);

/** A reader such as `head` may close its end early; then nobody is left to write for. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
