// Turns the file with a chapter's rules into an exercise: what the rules ask and do becomes gaps.

import ts from 'typescript';
import type { RuleInfo } from '../../lib/rules/rule.ts';
import type { Edit } from './edits.ts';
import { edited, namesUsed, parse, without } from './edits.ts';

/** What the exercise is made of. */
export interface Solution {
  readonly file: string;
  readonly text: string;
  /** The rules that the file defines and the chapter's node obeys, by the name of their export. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  /** Exports that the exercise does without: variants of the node, and the rules of those. */
  readonly leftOut: ReadonlySet<string>;
}

/** Says what a gap is about, above its rule. `base` is the rule that it refines, as written there. */
export type Comment = (rule: RuleInfo, refined?: Refined) => string;

export interface Refined {
  readonly base: string;
  readonly action: 'replaced' | 'extended' | 'kept';
}

/**
 * The file with gaps for what the rules ask and do, and for the functions that only they use.
 * Nothing else is changed. Throws when a rule is written in a way that it does not know.
 */
export function stubOf({ file, text, rules, leftOut }: Solution, comment: Comment): string {
  const source = parse(text, file);
  const edits: Edit[] = [];
  /** Functions of the file that a gap used, with the rule of the gap. */
  const helpers = new Map<string, string>();
  for (const statement of source.statements) {
    const name = nameOf(statement);
    if (name !== undefined && leftOut.has(name)) edits.push(without(statement));
    const rule = name === undefined ? undefined : rules.get(name);
    if (!rule) continue;
    const { definition, base } = ruleCall(statement, file);
    const gaps = definition.properties.flatMap((property) => gapsIn(property, rule.name, source));
    edits.push(...gaps);
    for (const used of definition.properties.flatMap((property) => [...namesUsed(property)])) {
      if (!helpers.has(used)) helpers.set(used, rule.name);
    }
    const refined = base === undefined ? undefined : { base, action: actionOf(definition) };
    const start = statement.getStart();
    edits.push({ start, end: start, text: comment(rule, refined) });
  }
  for (const statement of source.statements) {
    const [name, body] = functionOf(statement);
    const gap = name === undefined ? undefined : helpers.get(name);
    if (!body || gap === undefined) continue;
    const put = ts.isBlock(body) ? `{ return ${gapText(gap)}; }` : gapText(gap);
    edits.push({ start: body.getStart(), end: body.end, text: put });
  }
  return edited(text, edits);
}

const gapText = (gap: string) => `todo('${gap}')`;

function declarationOf(statement: ts.Statement): ts.VariableDeclaration | undefined {
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
}

const nameOf = (statement: ts.Statement): string | undefined =>
  declarationOf(statement)?.name.getText();

/** The definition in `rule({…})` or `refine<P>()(base, {…})`. */
function ruleCall(statement: ts.Statement, file: string) {
  const call = declarationOf(statement)?.initializer;
  const [first, second] = call && ts.isCallExpression(call) ? call.arguments : [];
  const definition = second ?? first;
  if (!first || !definition || !ts.isObjectLiteralExpression(definition)) {
    throw new Error(
      `${file}: expected ${nameOf(statement)} to be rule({…}) or refine<P>()(…, {…})`,
    );
  }
  return { definition, base: second && first.getText() };
}

function actionOf({ properties }: ts.ObjectLiteralExpression): Refined['action'] {
  const has = (name: string) => properties.some((each) => each.name?.getText() === name);
  return has('then') ? 'replaced' : has('also') ? 'extended' : 'kept';
}

function gapsIn(property: ts.ObjectLiteralElementLike, gap: string, source: ts.SourceFile): Edit[] {
  if (ts.isMethodDeclaration(property) && property.body) {
    return [
      { start: property.body.getStart(), end: property.body.end, text: `{ ${gapText(gap)}; }` },
    ];
  }
  if (!ts.isPropertyAssignment(property) || property.name.getText() !== 'when') return [];
  const { initializer } = property;
  const when = ts.isIdentifier(initializer) ? constantOf(initializer.text, source) : initializer;
  if (!when || !ts.isObjectLiteralExpression(when)) {
    throw new Error(`expected the conditions of ${gap} to be written as when: {…}`);
  }
  const conditions = when.properties.map((each) => conditionGap(each, gap));
  const text = `{\n${conditions.join('')}}`;
  return [{ start: initializer.getStart(), end: initializer.end, text }];
}

/** What a constant of the file is. */
const constantOf = (name: string, { statements }: ts.SourceFile): ts.Expression | undefined =>
  statements.map(declarationOf).find((each) => each?.name.getText() === name)?.initializer;

function conditionGap(condition: ts.ObjectLiteralElementLike, gap: string): string {
  if (!ts.isPropertyAssignment(condition) || !ts.isArrowFunction(condition.initializer)) {
    throw new Error(`expected each condition of ${gap} to be written as 'name': (me) => …`);
  }
  const parameters = condition.initializer.parameters.map(({ name }) => name.getText());
  return `${condition.name.getText()}: (${parameters.join(', ')}) => ${gapText(gap)},\n`;
}

/** The name and the body of a function that a statement declares. */
function functionOf(
  statement: ts.Statement,
): [name?: string | undefined, body?: ts.Node | undefined] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text, statement.body];
  const { name, initializer } = declarationOf(statement) ?? {};
  if (!initializer || !ts.isArrowFunction(initializer)) return [];
  return [name?.getText(), initializer.body];
}
