// Checks types on a thread of its own, beside the runs. Its compiler stays warm as long as the thread lives.

import { join } from 'node:path';
import Piscina from 'piscina';
import type { CheckTypes } from '../lib/grade/grade.ts';
import type { TypeMistake } from '../lib/grade/type-check.ts';

export interface TypeChecker {
  readonly checkTypes: CheckTypes;
  readonly stop: () => void;
}

/** Starts the thread; with `skip` there is none, and no mistake is found. */
export function typeChecker(skip = false): TypeChecker {
  if (skip) return { checkTypes: () => Promise.resolve([]), stop: () => undefined };
  const pool = new Piscina<unknown, TypeMistake[]>({
    filename: join(__dirname, '../lib/grade/type-check.ts'),
    name: 'typeCheck',
    minThreads: 1,
    maxThreads: 1,
  });
  return { checkTypes: (submitted) => pool.run(submitted), stop: () => void pool.destroy() };
}
