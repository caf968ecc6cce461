// `npm run explore -- 03-voting --without grant-vote`: searches every interleaving of a small cluster for a run
// that breaks a safety property.

import { chapters } from '../chapters/chapters.ts';
import { passesFor, searchInPasses } from '../lib/explore/passes.ts';
import type { PassProgress, Report } from '../lib/explore/passes.ts';
import { counterexampleTrace } from '../lib/explore/route.ts';
import { stopped } from '../lib/explore/search.ts';
import { ImpossibleStart } from '../lib/explore/start.ts';
import { sayProgress, sayReport } from '../lib/explore/words.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { TraceError } from '../lib/trace/error.ts';
import { writeTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import type { Request } from './explore-request.ts';
import { exploreHelp, readRequest } from './explore-request.ts';

/** Searches, with a line on how far it is, until it ends or Ctrl-C is pressed. */
async function run({ problem, passes }: Request): Promise<Report> {
  const { stderr } = process;
  let interrupted = false;
  const interrupt = () => (interrupted = true);
  process.once('SIGINT', interrupt);
  const running = searchInPasses(problem, passes ?? passesFor(problem));
  const pace = new Pace();
  let last: PassProgress | undefined;
  try {
    for (;;) {
      const { done, value } = running.next();
      if (done) return value;
      last = value;
      const line = pace.line(value);
      if (line !== undefined) stderr.write(stderr.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
      await new Promise((resolve) => setImmediate(resolve));
      if (interrupted) {
        const { bounds, filter } = last;
        const verdict = stopped({ ...problem, bounds, filter }, last);
        return { passes: [...last.earlier, verdict], verdict };
      }
    }
  } finally {
    process.off('SIGINT', interrupt);
    if (stderr.isTTY && last) stderr.write('\r\x1b[K');
  }
}

/** When to say how far the search is: five times a second on a terminal, else every ten seconds. */
class Pace {
  private readonly every = process.stderr.isTTY ? 200 : 10_000;
  private saidAt = performance.now();
  private statesThen = 0;
  private passThen = 0;

  line(progress: PassProgress): string | undefined {
    const now = performance.now();
    if (now - this.saidAt < this.every) return undefined;
    const since = progress.earlier.length === this.passThen ? this.statesThen : 0;
    const perSecond = ((progress.states - since) * 1000) / (now - this.saidAt);
    this.saidAt = now;
    this.statesThen = progress.states;
    this.passThen = progress.earlier.length;
    return sayProgress(progress, perSecond, process.memoryUsage().rss / 1e6);
  }
}

/** The run that was found, as a trace. */
function traceOf({ problem, chapter, says }: Request, { verdict }: Report): Trace | undefined {
  if (verdict.outcome !== 'violation') return undefined;
  const { property } = verdict.counterexample;
  return counterexampleTrace(problem, verdict.counterexample, {
    format: 'raft-notebook-trace',
    version: 1,
    chapter: chapter.name,
    scenario: 'counterexample',
    title: `${property} is broken`,
    about: `What a search of every interleaving found: ${says}.`,
    outcome: { says: `The property "${property}" does not hold.`, nodes: {}, violates: property },
  });
}

/** From a recorded state a search does not see everything: which rules never fired in it. */
function quietRules({ chapter, problem }: Request, { verdict }: Report): string {
  const { fired, outcome } = verdict;
  if (!problem.start || !fired || outcome === 'violation') return '';
  const quiet = chapter.node.rules.filter(({ name }) => !fired.includes(name));
  return `Rules that did not fire: ${quiet.map(({ name }) => name).join(', ') || 'none'}.\n`;
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h') || args.length === 0) {
    process.stdout.write(exploreHelp());
    return;
  }
  const request = readRequest(chapters, args);
  process.stderr.write(`Searching ${request.says}.\n`);
  const report = await run(request);
  const trace = traceOf(request, report);
  if (trace && request.traceFile !== undefined) writeTrace(trace, request.traceFile);
  process.stdout.write(
    `${sayReport(report, request.problem.node, trace)}\n${quietRules(request, report)}`,
  );
  if (report.verdict.outcome === 'violation') process.exitCode = 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    const known = [UsageError, TraceError, ImpossibleStart].some((kind) => error instanceof kind);
    if (!known || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
