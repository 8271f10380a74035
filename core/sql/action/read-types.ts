import type { AlterDomainStmt, AlterEnumStmt, CreateDomainStmt } from 'libpg-query';
import type { Action } from './action.ts';
import { constraintOf } from './definition.ts';
import { nameOfParts } from './name.ts';

export function readCreateDomain(statement: CreateDomainStmt): Action {
  const constraints = (statement.constraints ?? []).flatMap((node) => {
    const constraint = 'Constraint' in node ? constraintOf(node.Constraint) : undefined;
    return constraint === undefined ? [] : [constraint];
  });
  const domain = nameOfParts(statement.domainname);
  return { kind: 'create-domain', domain, constrained: constraints.length > 0, constraints };
}

export function readAlterDomain({ typeName, subtype, def, name }: AlterDomainStmt): Action {
  const constraint = def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
  const domain = nameOfParts(typeName);
  const change =
    // The letters of AlterDomainStmt.subtype in parsenodes.h.
    subtype === 'C'
      ? constraint?.contype === 'CONSTR_NOTNULL'
        ? 'set-not-null'
        : 'add-constraint'
      : subtype === 'O'
        ? 'set-not-null'
        : subtype === 'V'
          ? 'validate-constraint'
          : 'other';
  const named = constraint?.conname ?? name;
  return {
    kind: 'alter-domain',
    domain,
    change,
    notValid: constraint?.skip_validation === true,
    ...(named === undefined ? {} : { name: named }),
  };
}

export function readAlterEnum({ typeName, oldVal, newVal, newValNeighbor, skipIfNewValExists }: AlterEnumStmt): Action {
  const type = nameOfParts(typeName);
  if (oldVal !== undefined) return { kind: 'rename-enum-value', type, from: oldVal, to: newVal ?? '' };
  return {
    kind: 'add-enum-value',
    type,
    value: newVal ?? '',
    ifNotExists: skipIfNewValExists === true,
    placed: newValNeighbor !== undefined,
  };
}
