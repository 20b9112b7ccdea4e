import assert from 'node:assert/strict';
import test from 'node:test';
import { isValue, readEntries } from '../../pkg/tools/docs/declarations.mjs';
import { loadInNode } from './support/load.mjs';
import { checkTypes, layProject } from './support/types.mjs';

const entries = readEntries();

/** The examples in the comments of all declarations, each with whose it is. */
const examples = [...new Map(entries.flatMap(({ declarations }) => declarations).map((one) => [`${one.file} ${one.name}`, one])).values()]
  .flatMap(({ name, file, comments }) => comments.flatMap(({ tags }) => tags.example ?? []).map((code, index) => ({ name, file, code, index })));

// What the examples leave to their reader.
const AROUND = `
  const process: { env: { ACME_KEY: string; TRUEDY_API_KEY: string } };
  const client: import('outdial').Client<'truedy'>;
  const input: import('outdial').CallInput<'truedy'>;
  const inputs: any[];
  const order: { id: string };
  const agentId: string;
  const phoneNumber: string;
  const id: string;
  const ids: string[];
  const lines: string[];
  const error: unknown;
  const field: HTMLInputElement;
  const file: File;
  const job: { id: string };
  const store: import('outdial/queue').JobStore;
  const relay: import('outdial/relay').Relay;
  const app: { all(path: string, handler: unknown): void };
  function sessionOf(request: Request): Promise<object | undefined>;
  function useForm(options: object): object;
  function standardSchemaResolver(schema: object): object;
  function sleep(ms: number): Promise<void>;
  function redeliver(job: object, afterMs: number): Promise<void>;
  function tellSomebody(job: object, key: string | undefined): Promise<void>;
`;

test('the examples in the comments compile', async () => {
  assert.ok(examples.length > 30, `${examples.length} examples`);
  const named = new Map(entries.flatMap(({ names: [entry], declarations }) => declarations.filter((one) => one.isExported && isValue(one)).map(({ name }) => [name, entry])).reverse());
  const globals = [...named].map(([name, entry]) => `  const ${name}: typeof import('${entry}').${name};`);
  const files = Object.fromEntries(examples.map(({ name, index, code }) => [`${name}-${index}.ts`, `${code}\nexport {};\n`]));
  const config = { extends: './tsconfig.json', compilerOptions: { noImplicitAny: false, noUncheckedIndexedAccess: false, noPropertyAccessFromIndexSignature: false }, files: ['around.d.ts', ...Object.keys(files)] };
  layProject('types-examples', { ...files, 'around.d.ts': `export {};\ndeclare global {\n${globals.join('\n')}${AROUND}}\n`, 'examples.json': JSON.stringify(config) });
  assert.equal(await checkTypes('types-examples', 'typescript', 'nodenext', 'examples.json'), '');
});

/** Lines `expression; // value`, and `expression;` over a line `// value`, where the value is a whole literal. */
const VALUES = examples.flatMap(({ name, code }) => [...code.matchAll(/^(?:await )?([^\n]+?); *(?:\/\/ |\n\/\/ )([^\n]+)$/gm)].map(([, expression, value]) => ({ name, expression, value: literal(value) })));

function literal(text) {
  const [, code] = /^((?:'[^']*'|true|false|\d+|\[.*\]|\{.*\})(?=$|:))/.exec(text) ?? [];
  return code && !code.includes('…') ? new Function(`return (${code});`)() : undefined;
}

test('the examples in the comments give what stands behind them', async () => {
  const outdial = await loadInNode();
  const names = Object.keys(outdial);
  const tried = VALUES.filter(({ expression, value }) => value !== undefined && names.some((name) => expression.startsWith(name)));
  assert.ok(tried.length >= 9, `${tried.length} values`);
  for (const { expression, value } of tried) {
    const given = await new Function(...names, `return (${expression});`)(...Object.values(outdial));
    assert.deepEqual(given, value, expression);
  }
});
