import type { AlterObjectSchemaStmt, DropStmt, Node, ObjectType, RenameStmt } from 'libpg-query';
import type { Action, ObjectKind } from './action.ts';
import { nameOfParts, nameOfRange, type QualifiedName, stringsOf } from './name.ts';

const objectKinds: Readonly<Partial<Record<ObjectType, ObjectKind>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_SCHEMA: 'schema',
  OBJECT_DATABASE: 'database',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
  OBJECT_FUNCTION: 'routine',
  OBJECT_PROCEDURE: 'routine',
  OBJECT_ROUTINE: 'routine',
  OBJECT_AGGREGATE: 'routine',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
  OBJECT_COLUMN: 'column',
  OBJECT_ATTRIBUTE: 'attribute',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_DOMCONSTRAINT: 'constraint',
  OBJECT_EXTENSION: 'extension',
};

export function objectKindOf(type: ObjectType | undefined): ObjectKind {
  return (type === undefined ? undefined : objectKinds[type]) ?? 'other';
}

/** One action per dropped object, in order. */
export function readDrop(statement: DropStmt): Action[] {
  const object = objectKindOf(statement.removeType);
  const facts = {
    ifExists: statement.missing_ok === true,
    cascade: statement.behavior === 'DROP_CASCADE',
    concurrently: statement.concurrent === true,
  };
  return (statement.objects ?? []).map((node): Action => {
    if (object === 'trigger' || object === 'policy' || object === 'rule') {
      // The last word is the object, those before it are the table.
      const items = 'List' in node ? (node.List.items ?? []) : [];
      const table = nameOfParts(items.slice(0, -1));
      return { kind: 'drop', object, of: { name: stringsOf(items).at(-1) ?? '' }, table, ...facts };
    }
    return { kind: 'drop', object, of: nameOfObject(node), ...facts };
  });
}

export function readRename(statement: RenameStmt): Action {
  const object = objectKindOf(statement.renameType);
  const part =
    object === 'column' ||
    object === 'attribute' ||
    object === 'constraint' ||
    object === 'trigger' ||
    object === 'policy' ||
    object === 'rule';
  const of = statement.relation === undefined ? nameOfObject(statement.object) : nameOfRange(statement.relation);
  // A schema's or database's old name is kept where parts keep theirs.
  const named = of.name === '' && statement.subname !== undefined ? { name: statement.subname } : of;
  return {
    kind: 'rename',
    object,
    of: named,
    from: part ? (statement.subname ?? '') : named.name,
    to: statement.newname ?? '',
  };
}

export function readMove(statement: AlterObjectSchemaStmt): Action {
  const of = statement.relation === undefined ? nameOfObject(statement.object) : nameOfRange(statement.relation);
  return { kind: 'move', object: objectKindOf(statement.objectType), of, schema: statement.newschema ?? '' };
}

function nameOfObject(node: Node | undefined): QualifiedName {
  if (node === undefined) return { name: '' };
  if ('List' in node) return nameOfParts(node.List.items);
  if ('TypeName' in node) return nameOfParts(node.TypeName.names);
  if ('ObjectWithArgs' in node) return nameOfParts(node.ObjectWithArgs.objname);
  if ('String' in node) return { name: node.String.sval ?? '' };
  return { name: '' };
}
