// The process in which a submission runs: its own memory, no environment, no files, no network, a time for each answer.
// Whatever it does, it can only answer wrongly or not at all.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim } from './claims.ts';
import { SubmissionError } from './claims.ts';
import type { Answer, Question } from './protocol.ts';
import { claimsOf } from './protocol.ts';

/**
 * What a submission may use. Times are wall milliseconds: to load it, for one step, for one run, and for everything that
 * one process after the other is asked about a chapter. Memory is megabytes.
 */
export interface Limits {
  readonly start: number;
  readonly step: number;
  readonly run: number;
  readonly all: number;
  readonly heap: number;
  readonly memory: number;
}

export const defaultLimits: Limits = {
  start: 5000,
  step: 1000,
  run: 5000,
  all: 30_000,
  heap: 128,
  memory: 512,
};

/** The flag of Node's permission model, where this version has it. */
const permission = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
);

/** A folder with what the process may read: its bundle, and the bootstrap that runs it. */
export class Cell {
  readonly folder: string;

  constructor(bundle: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'raft-submission-')));
    copyFileSync(join(__dirname, 'bootstrap.cjs'), join(this.folder, 'bootstrap.cjs'));
    writeFileSync(join(this.folder, 'bundle.js'), bundle);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A timer that is later than so many milliseconds means that the grader was busy. */
const heardWithin = 20;

type Waiting = {
  readonly number: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

export class SubmissionProcess {
  private readonly child: ChildProcess;
  private readonly limits: Limits;
  private readonly watch: NodeJS.Timeout;
  /** Watched from the start, so that the word is not missed when it comes before somebody waits for it. */
  private readonly loaded: Promise<Answer>;
  private number = 0;
  private waiting: Waiting | undefined;
  /** Why nothing more is to be expected. */
  private ended: SubmissionError | undefined;
  private printed = '';

  constructor({ folder }: Cell, limits: Limits) {
    this.limits = limits;
    const flags = [
      ...(permission === undefined ? [] : [permission, `--allow-fs-read=${folder}/*`]),
      `--max-old-space-size=${limits.heap}`,
      '--no-warnings',
    ];
    this.child = spawn(
      process.execPath,
      [...flags, join(folder, 'bootstrap.cjs'), join(folder, 'bundle.js')],
      { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'json' },
    );
    this.child.on('message', (message: unknown) => this.hear(message));
    this.child.on('error', (error) =>
      this.end(`its process could not be started: ${error.message}`),
    );
    this.child.on('exit', (code, signal) => this.end(this.lastWords(code, signal)));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.printed = (this.printed + data.toString()).slice(-2000);
      });
    }
    this.loaded = this.wait(0, this.limits.start, 'loading it took');
    this.loaded.catch(() => undefined);
    this.watch = setInterval(() => this.watchMemory(), 50);
    this.watch.unref();
  }

  /** What the submission printed, the last of it: no more than words. */
  get output(): string {
    return this.printed;
  }

  /** Waits until the submission is loaded. Throws SubmissionError when it cannot be. */
  async ready(): Promise<void> {
    await this.loaded;
  }

  /** Asks, and gives the claims. Throws SubmissionError when there is no proper answer in time. */
  async ask(question: Question): Promise<readonly Claim[]> {
    const quick = question.ask === 'init' || question.ask === 'step' || question.ask === 'again';
    this.number += 1;
    const answer = this.wait(
      this.number,
      quick ? this.limits.step : this.limits.run,
      quick ? 'a step took' : 'a run took',
    );
    if (!this.ended) this.child.send({ number: this.number, question });
    const said = await answer;
    const { tampered } = said;
    if (tampered !== undefined) {
      this.end(`it changed ${tampered}, which the whole program shares`);
      throw this.ended ?? new SubmissionError(tampered);
    }
    return claimsOf(said);
  }

  stop(): void {
    this.end('it was stopped');
  }

  private wait(number: number, milliseconds: number, what: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      let due = performance.now() + milliseconds;
      const expire = () => {
        // While the grader itself was busy, nobody could hear an answer: that time does not count.
        const late = performance.now() - due;
        if (late < heardWithin) {
          this.end(`${what} longer than ${milliseconds} ms, so it was stopped`);
        } else {
          due = performance.now() + late;
          timer = setTimeout(expire, late);
        }
      };
      let timer = setTimeout(expire, milliseconds);
      const settled = () => {
        clearTimeout(timer);
        this.waiting = undefined;
      };
      this.waiting = {
        number,
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
    });
  }

  private hear(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    if ('failed' in message) this.end(String(message.failed));
    else if ('ready' in message && this.waiting?.number === 0) {
      this.waiting.resolve({ number: 0, claims: [], fired: [] });
    } else if (isAnswer(message) && message.number === this.waiting?.number) {
      this.waiting.resolve(message);
    }
  }

  private end(why: string): void {
    if (this.ended) return;
    this.ended = new SubmissionError(why);
    clearInterval(this.watch);
    this.child.kill('SIGKILL');
    this.waiting?.reject(this.ended);
  }

  private lastWords(code: number | null, signal: NodeJS.Signals | null): string {
    if (/heap out of memory|Allocation failed/.test(this.printed)) {
      return `it used more than ${this.limits.heap} MB of memory, so it was stopped`;
    }
    return `its process ended (${signal ?? `exit code ${code}`}) before it answered`;
  }

  private watchMemory(): void {
    const used = residentMegabytes(this.child.pid);
    if (used > this.limits.memory) {
      this.end(`it used more than ${this.limits.memory} MB of memory, so it was stopped`);
    }
  }
}

/** How much memory a process holds, where the system tells; else 0. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1] ?? '0';
    return (Number(pages) * 4096) / 1_000_000;
  } catch {
    return 0;
  }
}

function isAnswer(message: object): message is Answer {
  return (
    'number' in message &&
    'claims' in message &&
    isListOfObjects(message.claims) &&
    'fired' in message &&
    isListOfObjects(message.fired)
  );
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each: unknown) => typeof each === 'object' && each !== null);
