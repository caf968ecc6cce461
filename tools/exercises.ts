// `npm run exercises`: makes each chapter's exercise from its rules, so that the two cannot drift apart.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { chapters } from '../chapters/chapters.ts';
import type { RuleInfo } from '../lib/rules/rule.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { grouped } from '../lib/stepper/group.ts';
import { list } from '../lib/walkthrough/text.ts';
import { chapterFrom, exerciseFile, numberOf } from './choose-chapter.ts';
import { merged } from './exercise/merge.ts';
import type { Refined, Solution } from './exercise/stub.ts';
import { stubOf } from './exercise/stub.ts';
import type { Dropped } from './exercise/unused.ts';
import { withoutUnused } from './exercise/unused.ts';
import { root } from './root.ts';
import { partsOf, textOf, topicFile } from './source.ts';

/** The text of a chapter's exercise. */
export async function exerciseOf(chapter: Chapter): Promise<string> {
  const solution = await solutionOf(chapter);
  const stub = stubOf(solution, (rule, refined) => aboutRule(chapter, rule, refined));
  const { text, dropped } = withoutUnused(stub, solution.file);
  const code = text.slice(text.indexOf('import '));
  const whole =
    `${aboutExercise(chapter, dropped)}\n\n` +
    `import { todo } from '../../lib/exercise/todo.ts';\n${code}`;
  const file = exerciseFile(chapter);
  return format(whole, { ...(await resolveConfig(join(root, file))), filepath: file });
}

/** The chapter's rules as they are written, and what they are once the module has run. */
export async function solutionOf({ name, node }: Chapter): Promise<Solution> {
  const file = topicFile(name);
  const module: unknown = await import(pathToFileURL(join(root, file)).href);
  const rules = new Map<string, RuleInfo>();
  const leftOut = new Set<string>();
  for (const [exported, value] of Object.entries(module ?? {}) as [string, unknown][]) {
    const rule = node.rules.find((each) => each === value);
    if (rule) rules.set(exported, rule);
    else if (value !== node && isRuleOrNode(value)) leftOut.add(exported);
  }
  return { file, text: solutionText(name), rules, leftOut };
}

/** A chapter's rules in one text, whichever files they stand in. */
export const solutionText = (chapter: string): string =>
  merged(partsOf(topicFile(chapter)).map((file) => ({ file, text: textOf(file) })));

const isRuleOrNode = (value: unknown) =>
  typeof value === 'object' && value !== null && ('conditions' in value || 'step' in value);

function aboutExercise(chapter: Chapter, dropped: readonly Dropped[]): string {
  const number = numberOf(chapter);
  const topic = topicFile(chapter.name);
  const parts = partsOf(topic).filter((file) => file !== topic);
  const solution = [topic, ...parts].map((file) => posix.basename(file));
  return [
    `// Chapter ${number}, ${chapter.title}: write the rules yourself. Each todo names the rule that has the gap.`,
    '//',
    `//   npm run watch -- ${number}             replays the chapter's runs each time you save`,
    `//   npm run hint -- ${number}              lists the gaps, and how to get a hint`,
    `//   npm run repl -- ${number} --exercise   lets you play with your nodes`,
    `//   npm run exercises -- ${number}         begins anew, and throws away what you wrote`,
    '//',
    comment(
      `You may import from lib/ and from earlier chapters, but not from ${list(solution)}, the solution. ` +
        'You may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.',
    ),
    ...usefulImports(dropped),
  ].join('\n');
}

/** What the solution imports and the gaps do not; the other files of the chapter are not given. */
function usefulImports(dropped: readonly Dropped[]): string[] {
  const given = dropped.filter(({ from }) => !from.startsWith('./') || from === './state.ts');
  const lines = [...grouped(given, ({ keyword, from }) => `${keyword} ${from}`).values()].map(
    (same) => {
      const [{ keyword, from }] = same;
      return `//   ${keyword} { ${same.map(({ name }) => name).join(', ')} } from '${from}';`;
    },
  );
  return lines.length === 0 ? [] : ['//', '// Useful here:', ...lines];
}

function aboutRule(chapter: Chapter, rule: RuleInfo, refined: Refined | undefined): string {
  const lines = [
    comment(rule.says),
    comment(rule.paper),
    ...(refined ? [comment(aboutRefined(rule, refined))] : []),
    `// Hints: npm run hint -- ${numberOf(chapter)} ${rule.name}`,
  ];
  return `${lines.join('\n')}\n`;
}

function aboutRefined({ refines }: RuleInfo, { base, action }: Refined): string {
  const conditions = (refines?.conditions ?? []).map(({ name }) => name);
  const asks = conditions.length > 0 ? `, which asks: ${conditions.join('; ')}` : '';
  const says = {
    replaced: '`then` replaces its action.',
    extended: '`also` comes after its action.',
    kept: 'Its action stays.',
  }[action];
  return `Refines ${base}${asks}. ${says}`;
}

/** A text as comment lines no wider than the code. */
function comment(text: string): string {
  const lines = ['//'];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= 100) lines.splice(-1, 1, longer);
    else lines.push(`// ${word}`);
  }
  return lines.join('\n');
}

const gapCount = (text: string) => text.split('todo(').length - 1;

async function main(args: readonly string[]): Promise<void> {
  const named = args.map(chapterFrom);
  for (const chapter of named.length > 0 ? named : chapters) {
    const file = join(root, exerciseFile(chapter));
    const text = await exerciseOf(chapter);
    const written = existsSync(file) ? readFileSync(file, 'utf8') : text;
    if (named.length === 0 && gapCount(written) < gapCount(text)) {
      const anew = `npm run exercises -- ${numberOf(chapter)}`;
      console.log(`${exerciseFile(chapter)} is being solved and stays as it is; anew: ${anew}`);
    } else {
      writeFileSync(file, text);
    }
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  });
}
