// Type-checks a submission with ts-node's compiler service, as if it stood in its place in the notebook. The service stays
// warm: the first check takes seconds, the next ones take a fraction of one.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Service } from 'ts-node';
import { create, TSError } from 'ts-node';
import type { Submitted } from './sandbox/bundle.ts';

/** A mistake that the compiler found. */
export interface TypeMistake {
  /** The submission's own file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** With the code: `TS2345: Argument of type …`. */
  readonly message: string;
}

/** The overlay of one submission over the notebook, and the service that sees it. */
let warm: { root: string; service: Service; seeing: (submitted: Submitted) => void } | undefined;

/** The mistakes in the files of a submission; none when it type-checks. */
export function typeCheck(submitted: Submitted): TypeMistake[] {
  if (warm?.root !== submitted.root) warm = start(submitted.root);
  const { service, seeing } = warm;
  seeing(submitted);
  const place = join(submitted.root, submitted.place);
  const mistakes: TypeMistake[] = [];
  for (const [path, file] of ownFiles(submitted)) {
    try {
      service.compile(readFileSync(file, 'utf8'), path === '' ? place : join(dirname(place), path));
    } catch (error) {
      if (!(error instanceof TSError)) throw error;
      mistakes.push(...mistakesIn(error, file));
    }
  }
  return mistakes;
}

/** The files of a submission, by their path from the exercise; the exercise itself is ''. */
function ownFiles({ file, place, root }: Submitted): [path: string, file: string][] {
  const home = dirname(resolve(file));
  const inNotebook = home === dirname(join(root, place));
  const helpers = inNotebook
    ? []
    : readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
        (each) =>
          each.endsWith('.ts') &&
          basename(each) !== basename(file) &&
          !each.includes('node_modules') &&
          !existsSync(join(root, dirname(place), each)),
      );
  return [['', file], ...helpers.map((each): [string, string] => [each, join(home, each)])];
}

function start(root: string) {
  let overlay = new Map<string, string>();
  const service = create({
    cwd: root,
    project: join(root, 'tsconfig.json'),
    // A student may leave a name unused while writing.
    compilerOptions: { noEmit: false, noUnusedLocals: false, types: ['node/console', 'node/globals', 'node/timers', './lib/grade/globals'] },
    readFile: (path) => {
      const file = overlay.get(path) ?? path;
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
    fileExists: (path) => overlay.has(path) || existsSync(path),
  });
  const seeing = (submitted: Submitted) => {
    const home = dirname(join(root, submitted.place));
    overlay = new Map(ownFiles(submitted).map(([path, file]) => [join(home, path), file]));
  };
  return { root, service, seeing };
}

function mistakesIn(error: TSError, file: string): TypeMistake[] {
  return error.diagnostics.map((diagnostic) => {
    const { start = 0, messageText, code } = diagnostic;
    const text = diagnostic.file?.text ?? readFileSync(file, 'utf8');
    const says = typeof messageText === 'string' ? messageText : chain(messageText);
    return { file, line: text.slice(0, start).split('\n').length, message: `TS${code}: ${says}` };
  });
}

/** The first two of a chain of messages: what is wrong, and the first reason. */
function chain(message: {
  readonly messageText: string;
  readonly next?: readonly object[];
}): string {
  const [next] = message.next ?? [];
  const because = next && 'messageText' in next ? `\n  ${String(next.messageText)}` : '';
  return message.messageText + because;
}
