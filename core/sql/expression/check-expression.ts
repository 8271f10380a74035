import type { FuncCall, Node, TypeName } from 'libpg-query';
import { nameOfParts, type QualifiedName, quoteName, stringsOf } from '../action/name.ts';
import { nodesIn } from '../action/walk.ts';
import type { Parser } from '../parse/parser.ts';
import { immutableFunctions, immutableHere, plainTypes } from './immutable-functions.ts';

export interface ExpressionFault {
  readonly problem: string;
  readonly remedy: string;
}

/** The one name that an expression may read: the record as it is before the operation, a jsonb document. */
export const recordName = 'record';

const longest = 10_000;
const functions = new Set([...immutableFunctions, ...immutableHere]);
const types = new Set(plainTypes);

/** Nodes that read nothing but the record and change nothing. Whatever is not listed is refused. */
const harmless = new Set([
  'A_ArrayExpr',
  'A_Const',
  'A_Expr',
  'A_Indices',
  'BoolExpr',
  'BooleanTest',
  'CaseExpr',
  'CaseWhen',
  'CoalesceExpr',
  'Integer',
  'List',
  'MinMaxExpr',
  'NullTest',
  'String',
]);

/**
 * What is wrong with a text that should be one SQL expression over a record: a single value of `record`, constants, operators
 * and immutable built-in functions; no subquery, no aggregate, nothing that looks at the session. Undefined: nothing.
 *
 * The text has to stand between `(` and a line break and `)` wherever it is used, as it does here.
 */
export function checkExpression(text: string, parser: Parser): ExpressionFault | undefined {
  if (text.length > longest)
    return {
      problem: `The expression has more than ${longest} characters`,
      remedy: 'Write a shorter one, or a script',
    };
  // What a backslash in quotes means depends on the session.
  if (text.includes('\\'))
    return {
      problem: 'The expression has a backslash',
      remedy: 'Write [0-9] in place of \\d, and [.] in place of \\.',
    };
  let expression: Node | undefined;
  try {
    expression = onlyValue(parser.parse(`SELECT (${text}\n)`));
  } catch (error) {
    const complaint = parser.complaint(error);
    if (complaint === undefined) throw error;
    return { problem: `This is no SQL expression: ${complaint.message}`, remedy: 'Correct it' };
  }
  if (expression === undefined)
    return { problem: 'This is not one SQL expression', remedy: 'Write one expression that gives one value' };
  if ('A_Const' in expression)
    return { problem: 'The expression is a constant', remedy: 'Write it as `value` instead' };
  for (const node of nodesIn(expression)) {
    const fault = nodeFault(node);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The value of `SELECT value` and nothing more. */
function onlyValue({ stmts }: ReturnType<Parser['parse']>): Node | undefined {
  const [first, ...others] = stmts ?? [];
  const { stmt } = first ?? {};
  if (stmt === undefined || others.length > 0 || !('SelectStmt' in stmt)) return undefined;
  const { targetList, limitOption: _, op: __, ...more } = stmt.SelectStmt;
  const [target, ...targets] = targetList ?? [];
  if (target === undefined || targets.length > 0 || Object.keys(more).length > 0 || !('ResTarget' in target))
    return undefined;
  const { val, location: ___, ...named } = target.ResTarget;
  return Object.keys(named).length > 0 ? undefined : val;
}

function nodeFault(node: Node): ExpressionFault | undefined {
  if ('ColumnRef' in node) return columnFault(node.ColumnRef.fields);
  if ('FuncCall' in node) return functionFault(node.FuncCall);
  if ('TypeCast' in node) return typeFault(node.TypeCast.typeName);
  if ('CollateClause' in node) {
    const name = nameOfParts(node.CollateClause.collname);
    return isBuiltIn(name, new Set(['C']))
      ? undefined
      : { problem: `The collation ${quoteName(name)} is not the same everywhere`, remedy: 'Use COLLATE "C"' };
  }
  if ('A_Indirection' in node) {
    const steps = node.A_Indirection.indirection ?? [];
    return steps.every((step) => 'A_Indices' in step) ? undefined : refused('a field of a row');
  }
  if ('A_Expr' in node && (node.A_Expr.name ?? []).length !== 1) return refused('an operator with a schema');
  const [kind = ''] = Object.keys(node);
  return harmless.has(kind) ? undefined : refused(meanings[kind] ?? `${kind}, which is not among what is allowed`);
}

const meanings: { readonly [kind: string]: string } = {
  SubLink: 'a subquery',
  SQLValueFunction: 'a value of the session, such as the time or the user',
  ParamRef: 'a parameter',
  RowExpr: 'a row',
};

function refused(what: string): ExpressionFault {
  return {
    problem: `The expression has ${what}`,
    remedy: `Use \`${recordName}\`, constants, operators and immutable built-in functions only`,
  };
}

function columnFault(fields: readonly Node[] | undefined): ExpressionFault | undefined {
  const names = stringsOf(fields);
  if (names.length === 1 && fields?.length === 1 && names[0] === recordName) return undefined;
  return {
    problem: `The expression reads ${names.length === 0 ? '*' : names.join('.')}`,
    remedy: `Read the record as \`${recordName}\`, such as ${recordName} ->> 'name'`,
  };
}

function functionFault(call: FuncCall): ExpressionFault | undefined {
  const { funcname, args: _, funcformat: __, location: ___, ...more } = call;
  const name = nameOfParts(funcname);
  if (Object.keys(more).length > 0) return refused('an aggregate or a window');
  return isBuiltIn(name, functions)
    ? undefined
    : {
        problem: `The expression calls ${quoteName(name)}`,
        remedy: 'Only immutable built-in functions are allowed; the documentation lists them',
      };
}

function typeFault(type: TypeName | undefined): ExpressionFault | undefined {
  const name = nameOfParts(type?.names);
  if (type !== undefined && isBuiltIn(name, types) && type.setof !== true && type.pct_type !== true) return undefined;
  return {
    problem: `The expression names the type ${quoteName(name)}`,
    remedy: `Use only: ${plainTypes.join(', ')}`,
  };
}

function isBuiltIn({ schema, name }: QualifiedName, known: ReadonlySet<string>): boolean {
  return (schema === undefined || schema === 'pg_catalog') && known.has(name);
}
