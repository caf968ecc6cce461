// Type-checks a submission with ts-node's compiler service, as if it stood in its place in the notebook. The service stays
// warm where it can: the first check takes a second, the next ones take a fraction of one.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Service } from 'ts-node';
import { create, TSError } from 'ts-node';
import ts from 'typescript';
import { BundleError, isOwn, resolveImport } from './sandbox/bundle.ts';
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

/** A compiler that sees the files of a submission over those of the notebook. */
interface Compiler {
  readonly root: string;
  readonly service: Service;
  /** Makes it see these files, by their place in the notebook. */
  see(files: ReadonlyMap<string, string>): void;
}

let warm: Compiler | undefined;

/** The mistakes in the files of a submission; none when it type-checks. A .js file has no types to check. */
export function typeCheck(submitted: Submitted): TypeMistake[] {
  const { file, place, root } = submitted;
  if (file.endsWith('.js')) return [];
  const [home, there] = [dirname(resolve(file)), dirname(join(root, place))];
  const files = ownFiles(submitted);
  const compiler = leavesNothing(files) ? (warm = warmed(root)) : start(root);
  const seen = new Map(
    files.map((own) => [
      own === resolve(file) ? join(root, place) : join(there, relative(home, own)),
      own,
    ]),
  );
  compiler.see(seen);
  return [...seen].flatMap(([seenAs, own]) => {
    try {
      compiler.service.compile(readFileSync(own, 'utf8'), seenAs);
      return [];
    } catch (error) {
      if (!(error instanceof TSError)) throw error;
      return mistakesIn(error, own === resolve(file) ? file : relative('', own));
    }
  });
}

/**
 * Whether the next submission will not notice these files in a compiler that stays: one file is replaced by the next one,
 * but files beside it would be remembered, and so would what is declared for the whole program.
 */
const leavesNothing = (files: readonly string[]): boolean =>
  files.length === 1 && files.every((file) => !/\bdeclare\b/.test(readFileSync(file, 'utf8')));

const warmed = (root: string): Compiler => (warm?.root === root ? warm : start(root));

/** The exercise, and whatever of its own it imports, directly or not. */
function ownFiles(submitted: Submitted): readonly string[] {
  const found = new Set([resolve(submitted.file)]);
  for (const file of found) {
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      const own = importedFrom(submitted, fileName, file);
      if (own !== undefined && isOwn(submitted, own) && own.endsWith('.ts')) found.add(own);
    }
  }
  return [...found];
}

function importedFrom(submitted: Submitted, path: string, file: string): string | undefined {
  try {
    return resolveImport(submitted, path, file);
  } catch (error) {
    // Whoever runs the submission tells what it may not import.
    if (error instanceof BundleError) return undefined;
    throw error;
  }
}

function start(root: string): Compiler {
  let seen: ReadonlyMap<string, string> = new Map();
  const service = create({
    cwd: root,
    project: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      // A student may leave a name unused while writing.
      noUnusedLocals: false,
      // What a node may use of Node. All of @types/node would take as long as everything else together.
      types: ['node/console', 'node/globals', 'node/timers', './lib/grade/globals'],
    },
    readFile: (path) => {
      const file = seen.get(path) ?? path;
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
    fileExists: (path) => seen.has(path) || existsSync(path),
  });
  return {
    root,
    service,
    see(files) {
      seen = files;
    },
  };
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
