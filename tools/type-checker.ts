// Checks types on a thread of its own, beside the runs, and gives up on types that take for ever.

import { join } from 'node:path';
import Piscina from 'piscina';
import type { Submitted } from '../lib/grade/sandbox/bundle.ts';
import type { TypeMistake } from '../lib/grade/type-check.ts';

export interface TypeChecker {
  check(submitted: Submitted): Promise<readonly TypeMistake[]>;
  stop(): Promise<void>;
}

/** So many milliseconds for one file and what it imports; the first check takes a second or two of them. */
const limit = 30_000;

/** One thread that checks one submission after the other. It is started at once, so that it is warm when it is needed. */
export function typeChecker(milliseconds = limit): TypeChecker {
  const pool = new Piscina<Submitted, TypeMistake[]>({
    filename: join(__dirname, '../lib/grade/type-check.ts'),
    name: 'typeCheck',
    minThreads: 1,
    maxThreads: 1,
  });
  let turn: Promise<unknown> = Promise.resolve();
  const checkNow = async (submitted: Submitted): Promise<readonly TypeMistake[]> => {
    const signal = AbortSignal.timeout(milliseconds);
    try {
      return await pool.run(submitted, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
      const message = `checking its types took longer than ${milliseconds} ms, so it was stopped`;
      return [{ file: submitted.file, line: 1, message }];
    }
  };
  return {
    check(submitted) {
      const mine = turn.then(() => checkNow(submitted));
      turn = mine.catch(() => undefined);
      return mine;
    },
    stop: () => pool.destroy(),
  };
}
