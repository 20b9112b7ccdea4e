import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { pkg, target } from '../../pkg/tools/paths.mjs';
import { MODULES } from '../../pkg/tools/wasm.mjs';

/**
 * The steps of libraries by which a function of the crate could reach a panic, each by a part of its symbol, and why it does
 * not. What calls through a table is followed from its own place on.
 */
const WAYS = {
  Concat: 'the lengths of the texts that [..].concat() joins are summed twice and differ only if one changes between',
  OnceLock: 'no cell is asked for by what fills it',
  LocalKey: 'no thread ends while it works: there is one',
  copy_from_slice_impl: 'the digits of a number go into a place that was taken by their length',
  String8truncate: 'what is cut off is ASCII, so that a letter ends where it is cut',
  '8split_at': 'chunks(3) cuts nothing shorter than three bytes at three',
  '6to_mut': 'the arm behind it is of a text that was made an owned one the line before',
  panic_already: 'a cell is borrowed for one line, which calls nothing',
  RefCell: 'a cell is borrowed for one line, which calls nothing',
  WasmAbi: 'a text that crosses has the length that came with it',
  '4hmac': 'a key longer than a block of 64 bytes is hashed to 32 first',
  sha2: 'blocks are cut at 64 bytes where there are that many',
  SimpleHmac: 'a digest goes into a place of its own length',
  SpecFromIterNested: 'a list is as long as what it is read from, which is in memory',
};

// Out of memory: the module is at its end.
const MEMORY = /handle_error|handle_alloc_error|capacity_overflow/;
const OWN = /^_ZN(?:7outdial|\d+_\$LT\$outdial\.\.)/;

/** Who calls whom in a module whose functions still have their names. */
function callers(module) {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-panics-'));
  try {
    const wasm = join(target, 'modules', module, 'wasm32-unknown-unknown', 'release', 'outdial.wasm');
    const text = join(folder, 'module.wat');
    execFileSync(process.execPath, [join(pkg, 'node_modules', 'binaryen', 'bin', 'wasm-dis'), '--all-features', wasm, '-o', text]);
    const graph = new Map();
    let current;
    for (const line of readFileSync(text, 'utf8').split('\n')) {
      const [, name] = /^\s*\(func \$("[^"]*"|[^\s)]+)/.exec(line) ?? [];
      if (name) current = name;
      for (const [, called] of line.matchAll(/\((?:return_)?call \$("[^"]*"|[^\s)]+)/g)) {
        graph.set(called, (graph.get(called) ?? new Set()).add(current));
      }
    }
    return graph;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pairs of a function of the crate and the step through which it could panic. */
function panics(graph) {
  const found = [];
  const open = [...graph.keys()].filter((name) => /9panicking9panic_fmt/.test(name));
  assert.ok(open.length > 0, 'the module has a panic handler');
  const seen = new Set(open);
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const caller of graph.get(step) ?? []) {
      if (OWN.test(caller)) found.push([caller, step]);
      else if (!MEMORY.test(caller) && !seen.has(caller)) {
        seen.add(caller);
        open.push(caller);
      }
    }
  }
  return found;
}

const used = new Set();

for (const { name } of MODULES) {
  test(`nothing in the module ${name} can panic but by steps that are known not to`, () => {
    const graph = callers(name);
    const open = panics(graph).filter(([, step]) => {
      const way = Object.keys(WAYS).find((part) => step.includes(part));
      used.add(way);
      return !way;
    });
    assert.deepEqual(open, []);
  });
}

test('every step that is excused is taken', () => {
  assert.deepEqual(Object.keys(WAYS).filter((way) => !used.has(way)), []);
});
