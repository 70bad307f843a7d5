/** ClickHouse's SQL for CodeMirror: its keywords, functions and types, the store's tables and columns, and attribute keys inside Map['…']. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { SQLDialect, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { SqlSchema } from '../../api/types';

/** The keys of attributes that begin with a text, as the server knows them. */
export type KeysOf = (prefix: string, map: string) => Promise<{ key: string; type: string }[]>;

const TYPES = `Array Bool Date Date32 DateTime DateTime64 Decimal Enum8 Enum16 FixedString Float32 Float64 IPv4 IPv6 Int8 Int16 Int32 Int64
Int128 Int256 JSON LowCardinality Map Nullable String Tuple UInt8 UInt16 UInt32 UInt64 UInt128 UInt256 UUID`;

const MAP_KEY = /(\w*Attributes)\[\s*'([^']*)$/;

export function languageOf(schema: SqlSchema | undefined, keysOf: KeysOf): Extension {
  const words = (schema?.keywords ?? []).flatMap((keyword) => keyword.toLowerCase().split(' '));
  const dialect = SQLDialect.define({
    keywords: [...new Set(words)].join(' '),
    types: TYPES.toLowerCase(),
    builtin: '',
    backslashEscapes: true,
    hashComments: true,
    doubleDollarQuotedStrings: true,
    identifierQuotes: '`"',
    operatorChars: '*+-%<>!=&|~^/?',
  });
  const attributes = dialect.language.data.of({ autocomplete: attributeKeys(keysOf) });
  if (!schema) return [sql({ dialect }), attributes];
  return [
    sql({ dialect, upperCaseKeywords: true, schema: tablesOf(schema) }),
    dialect.language.data.of({ autocomplete: wordsOf(schema) }),
    attributes,
  ];
}

function tablesOf(schema: SqlSchema) {
  return Object.fromEntries(
    schema.tables.map((table) => [
      table.name,
      {
        self: { label: table.name, type: 'class', info: table.comment || undefined } as Completion,
        children: table.columns.map(columnCompletion),
      },
    ]),
  );
}

function columnCompletion({ name, type, comment }: SqlSchema['tables'][number]['columns'][number]): Completion {
  return {
    label: name,
    type: 'property',
    detail: type.length > 40 ? `${type.slice(0, 39)}…` : type,
    ...(comment && { info: comment }),
    // A nested column is two words to the parser of names.
    ...(/^\w+$|^\w+\.\w+$/.test(name) ? {} : { apply: `\`${name}\`` }),
  };
}

/** Functions, and the columns of the tables that the text names, which need no table before them. */
function wordsOf(schema: SqlSchema) {
  const functions: Completion[] = schema.functions.map((name) => ({ label: name, type: 'function', apply: `${name}(`, boost: -50 }));
  const columns = new Map(schema.tables.map((table) => [table.name, table.columns.map(columnCompletion)]));
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[A-Za-z_]\w*/);
    if ((!word && !context.explicit) || insideQuotes(context)) return null;
    if (word && context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
    const text = context.state.doc.toString();
    const named = [...columns].filter(([table]) => new RegExp(`\\b${table}\\b`).test(text)).flatMap(([, found]) => found);
    return { from: word?.from ?? context.pos, options: [...named, ...functions], validFor: /^\w*$/ };
  };
}

function insideQuotes(context: CompletionContext): boolean {
  return MAP_KEY.test(lineBefore(context));
}

function lineBefore(context: CompletionContext): string {
  const line = context.state.doc.lineAt(context.pos);
  return line.text.slice(0, context.pos - line.from);
}

function attributeKeys(keysOf: KeysOf) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const match = MAP_KEY.exec(lineBefore(context));
    if (!match) return null;
    const keys = await keysOf(match[2]!, match[1]!);
    const closed = context.state.sliceDoc(context.pos, context.pos + 1) === "'";
    const options = keys.map(({ key, type }) => ({ label: key, type: 'constant', detail: type, apply: closed ? key : `${key}']`, boost: 99 }));
    return { from: context.pos - match[2]!.length, options, filter: true };
  };
}
