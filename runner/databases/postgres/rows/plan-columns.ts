import type { ColumnClass } from '../../../../core/migration/rows/column-class.ts';
import type { RowProperties, RowProperty } from '../../../../core/migration/rows/row-schema.ts';
import { canonicalJson } from '../../../../core/schema/canonical.ts';
import { isObject, type Json, own } from '../../../../core/schema/json.ts';
import type { Obstacle } from '../obstacle.ts';
import { quoted } from '../relation.ts';
import { holds, typeFor } from './column-class.ts';
import type { RowColumn } from './read-columns.ts';

/** Both versions of a record that is a row, and what only gets another name between them. */
export interface RowVersions {
  readonly old: RowProperties;
  readonly new: RowProperties;
  /** Old name by new name. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** A column of the new table. */
export interface PlannedColumn {
  readonly name: string;
  readonly type: string;
  /** `carried`: no property, or part of the key: its values go over as they are. `kept`: perhaps under another name. */
  readonly change: 'carried' | 'kept' | 'retyped' | 'added';
  /** The old column that becomes it; undefined: it is added. */
  readonly from: string | undefined;
  readonly columnClass: ColumnClass | undefined;
  readonly notNull: boolean;
  readonly generated: boolean;
  /** Of a column that is added or retyped, as the version says it. */
  readonly default: Json | undefined;
}

export interface ColumnPlan {
  readonly versions: RowVersions;
  readonly old: readonly RowColumn[];
  /** In the order of the new table. */
  readonly columns: readonly PlannedColumn[];
  readonly dropped: readonly string[];
}

/** The columns that the new version needs, or everything that keeps the table from having them. */
export function planColumns(
  old: readonly RowColumn[],
  key: readonly string[],
  versions: RowVersions,
): { readonly plan: ColumnPlan } | { readonly obstacles: readonly Obstacle[] } {
  const obstacles = [...missingColumns(old, versions), ...old.flatMap((column) => obstaclesOf(column, key, versions))];
  const newNames = new Map(
    [...versions.renamed].filter(([to, from]) => isRename(old, versions, from, to)).map(([to, from]) => [from, to]),
  );
  const kept: PlannedColumn[] = [];
  const dropped: string[] = [];
  for (const column of old) {
    const before = versions.old.get(column.name);
    const name = newNames.get(column.name) ?? column.name;
    const after = versions.new.get(name);
    if (before === undefined || key.includes(column.name))
      kept.push({ ...column, change: 'carried', from: column.name, default: undefined });
    else if (after === undefined) dropped.push(column.name);
    else {
      const planned = planKept(column, name, before, after);
      if ('problem' in planned) obstacles.push(planned);
      else kept.push(planned);
    }
  }
  const added: PlannedColumn[] = [];
  for (const property of versions.new.values()) {
    if (kept.some(({ name }) => name === property.name)) continue;
    if (property.kinds === undefined) obstacles.push(unknownType(property.name));
    else if (Buffer.byteLength(property.name) > 63 || property.name === '') obstacles.push(unusableName(property.name));
    else added.push({ name: property.name, change: 'added', from: undefined, generated: false, ...made(property) });
  }
  if (obstacles.length > 0) return { obstacles };
  return { plan: { versions, old, columns: [...kept, ...added], dropped } };
}

/** The old name is free in the new version, and the new one was in the old. */
function isRename(old: readonly RowColumn[], versions: RowVersions, from: string, to: string): boolean {
  return (
    versions.old.has(from) && !versions.new.has(from) && versions.new.has(to) && !old.some(({ name }) => name === to)
  );
}

function planKept(column: RowColumn, name: string, before: RowProperty, after: RowProperty): PlannedColumn | Obstacle {
  const wasFilled = isFilled(before);
  const notNull = wasFilled === isFilled(after) ? column.notNull : isFilled(after);
  if (keepsType(column, before, after)) {
    return { ...column, name, change: 'kept', from: column.name, notNull, default: undefined };
  }
  if (after.kinds === undefined) return unknownType(name);
  const planned = made(after);
  if (column.hasDefault && planned.default === undefined) {
    return {
      problem: `The column ${quoted(column.name)} becomes ${planned.type}, and its default would be lost`,
      remedy: 'Drop the default before the run, or give the property a `default` in the new version.',
    };
  }
  return { name, change: 'retyped', from: column.name, generated: false, ...planned };
}

/** Whether every record has a value there. */
function isFilled({ required, nullable }: RowProperty): boolean {
  return required && !nullable;
}

function made(property: RowProperty) {
  const value = property.default;
  // A default of another type would keep the table from being made; null is none.
  const usable =
    value !== undefined &&
    value !== null &&
    (typeFor(property).columnClass === 'document' || typeof value !== 'object');
  return { ...typeFor(property), notNull: isFilled(property), default: usable ? value : undefined };
}

/** Whether the column as it is holds what the new version says of its values. */
function keepsType({ columnClass, length }: RowColumn, before: RowProperty, after: RowProperty): boolean {
  const same = canonicalJson(meaning(before.schema)) === canonicalJson(meaning(after.schema));
  if (same) return true;
  if (columnClass === undefined || after.kinds === undefined || !holds(columnClass, after.kinds)) return false;
  switch (columnClass) {
    case 'text':
      return (
        length === undefined ||
        (after.maxLength !== undefined && after.maxLength <= length) ||
        before.maxLength === after.maxLength
      );
    case 'enum':
      return isPartOf(after.schema, before.schema);
    case 'list':
      return canonicalJson(items(before.schema)) === canonicalJson(items(after.schema));
    case 'formed':
    case 'instant':
    case 'uuid':
      return before.format === after.format;
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'document':
      return true;
    default:
      return columnClass satisfies never;
  }
}

function meaning(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const silent = ['title', 'description', 'examples', '$comment', 'default', 'deprecated'];
  return Object.fromEntries(Object.entries(schema).filter(([word]) => !silent.includes(word)));
}

function isPartOf(after: Json, before: Json): boolean {
  const [now, then] = [after, before].map((schema) => (isObject(schema) ? own(schema, 'enum') : undefined));
  return Array.isArray(now) && Array.isArray(then) && now.every((value) => then.includes(value));
}

function items(schema: Json): Json {
  return (isObject(schema) ? own(schema, 'items') : undefined) ?? true;
}

function missingColumns(old: readonly RowColumn[], versions: RowVersions): Obstacle[] {
  return [...versions.old.keys()]
    .filter((property) => !old.some(({ name }) => name === property))
    .map((property) => ({
      problem: `The property ${JSON.stringify(property)} of the old version has no column`,
      remedy:
        'Every property needs a column of its name; or name the column that holds the whole record by `document`.',
    }));
}

function obstaclesOf(column: RowColumn, key: readonly string[], versions: RowVersions): Obstacle[] {
  const name = quoted(column.name);
  const wasProperty = versions.old.has(column.name);
  const isProperty = versions.new.has(column.name);
  if (!wasProperty) {
    return isProperty
      ? [
          {
            problem: `The column ${name} is there already, and the old version does not say what is in it`,
            remedy: 'Give the property another name, or describe the column in a version of its own first.',
          },
        ]
      : [];
  }
  if (key.includes(column.name) && !isProperty) {
    return [
      {
        problem: `The key ${name} is a property of the old version and not of the new one`,
        remedy: 'Keep the key in the new version.',
      },
    ];
  }
  if (column.generated) {
    return [
      {
        problem: `The column ${name} is computed by the database, so a property cannot be written to it`,
        remedy: 'Leave it out of the schema: it is carried over as it is.',
      },
    ];
  }
  if (column.columnClass === undefined) {
    return [
      {
        problem: `The column ${name} is of type ${column.type}, which the runner does not read as a property`,
        remedy: 'Leave it out of the schema: then it is carried over as it is.',
      },
    ];
  }
  return [];
}

function unknownType(property: string): Obstacle {
  return {
    problem: `Which type the property ${JSON.stringify(property)} has cannot be told`,
    remedy: 'Write its type where the property is, not in another file.',
  };
}

function unusableName(property: string): Obstacle {
  return {
    problem: `${JSON.stringify(property)} cannot be the name of a column`,
    remedy: 'Names of columns have 1 to 63 bytes.',
  };
}
