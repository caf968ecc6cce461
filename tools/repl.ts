// `npm run repl -- 3`: a small cluster to play with in TypeScript. What is typed is type-checked first.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { start } from 'node:repl';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { create, createRepl } from 'ts-node';
import { ImpossibleAct } from '../lib/cluster/network.ts';
import { nodeIn } from '../lib/node/exports.ts';
import { Todo } from '../lib/exercise/todo.ts';
import { Playground } from '../lib/playground/playground.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { chapterFrom, exerciseFile, numberOf } from './choose-chapter.ts';
import { root } from './root.ts';
import { exportedTypes, stateFile, topicFile } from './source.ts';

const usage = `Usage: npm run repl -- CHAPTER [--exercise]

Opens a cluster of a chapter's nodes to play with. A chapter is a number or a name: 3, 03-voting.
With --exercise, the nodes are those of your own exercise. There you can type:

`;

const help = (chapter: string) => `\
  cluster.timeout('A')      A's election timer runs out; timeout('A', 'heartbeat') is another timer
  cluster.deliver('AppendEntries', 'A', 'B')   the oldest such message arrives
  cluster.deliverAll()      all messages in flight arrive; settle(): also those that they cause
  cluster.drop('AppendEntries', 'A', 'B')      it is lost; dropAll(): all are
  cluster.duplicate('AppendEntries', 'A', 'B') a second copy is in flight
  cluster.request('A', 'x=1')   a client sends a command to A
  cluster.crash('A')        A stops; restart('A') starts it again, with what is on its disk
  cluster.crashAfter(1)     whoever acts next crashes after one of its effects
  cluster.partition(['A'], ['B', 'C'])   the network splits; cut('A', 'B') is one way; heal()
  show()                    the nodes as a table, and the messages in flight
  why()                     what each rule asked and did at the last step
  stateOf('A')              the state of a node
  fresh()                   all begins anew; fresh('A', 'B', 'C', 'D', 'E') with other nodes
  ${chapter.padEnd(26)}all that the chapter's file exports; its types are known, too
  help()                    this list; .exit ends
`;

async function open(args: readonly string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return void process.stdout.write(usage + help('chapter3'));
  const [name, ...more] = positionals;
  if (name === undefined) throw new UsageError('Expected a chapter, as in: npm run repl -- 3');
  if (more.length > 0) throw new UsageError(`Expected one chapter, found '${more[0]}' too.`);
  const chapter = chapterFrom(name);
  process.chdir(root);
  await play(chapter, values.exercise ? exerciseFile(chapter) : topicFile(chapter.name));
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        exercise: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Opens the cluster of the node that a file exports. */
async function play(chapter: Chapter, file: string): Promise<void> {
  const module: unknown = await import(pathToFileURL(join(root, file)).href);
  const exports = new Map<string, unknown>(Object.entries(module ?? {}));
  const isChapters = [...exports.values()].includes(chapter.node);
  const node = isChapters ? chapter.node : nodeIn(module);
  const exported = [...exports.keys()].find((key) => exports.get(key) === node);
  const playground = new Playground(chapter, node, (text) => process.stdout.write(text));

  const own = `chapter${numberOf(chapter)}`;
  const from = `typeof import('./${file}')`;
  const state = exported === undefined ? 'unknown' : `ReturnType<${from}['${exported}']['init']>`;
  const types = [file, stateFile(chapter.name)]
    .filter((each) => existsSync(each))
    .map((each) => `import type { ${exportedTypes(each).join(', ')} } from './${each}';`);
  const declarations = [
    ...types,
    `declare const ${own}: ${from};`,
    `declare const cluster: import('./lib/playground/playground.ts').Acts;`,
    `declare const stateOf: (node: string) => ${state};`,
    `declare const show: () => void, why: () => void, help: () => void;`,
    `declare const fresh: (...nodes: string[]) => void;`,
  ];
  console.log(
    `Chapter ${numberOf(chapter)}, ${chapter.title}: a cluster of the nodes of ${file}\n` +
      `Try cluster.timeout('A'), cluster.deliverAll(), show(), why(). help() lists more.`,
  );
  converse(playground, `${declarations.join(' ')}\n`, {
    [own]: module,
    stateOf: (id: string) => playground.stateOf(id),
    show: () => playground.show(),
    why: () => playground.why(),
    help: () => process.stdout.write(help(own)),
    fresh: (...nodes: string[]) => playground.fresh(...nodes),
  });
}

/** Reads, checks and runs what is typed, until its end. */
function converse(playground: Playground, declarations: string, values: object): void {
  const repl = createRepl();
  const service = create({
    ...repl.evalAwarePartialHost,
    compilerOptions: {
      module: 'commonjs',
      moduleResolution: 'bundler',
      noUnusedLocals: false,
    },
  });
  repl.setService(service);
  const server = start({
    prompt: process.stdin.isTTY ? '> ' : '',
    ignoreUndefined: true,
    eval(code, context, file, done) {
      repl.nodeEval(code, context, file, (error: Error | null, result: unknown) => {
        if (error) playground.restore();
        if (!(error instanceof ImpossibleAct || error instanceof Todo)) return done(error, result);
        console.log(error.message);
        done(null, undefined);
      });
    },
  });
  // What the compiler makes of a module with imports speaks of its exports.
  Object.assign(server.context, values, { exports: {} });
  // Node's own module of that name is there already.
  const cluster = { get: () => playground.cluster, configurable: true };
  Object.defineProperty(server.context, 'cluster', cluster);
  repl.nodeEval(declarations, server.context, '', (error) => {
    if (error) throw error;
  });
}

if (require.main === module) {
  open(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
