// count_snippets.ts: runs the snippets of counts.txt, ten times each, and says which leave references behind.
//
// Each `### name` line starts a snippet. The tests counts_1 and counts_2 take half of them each, for two processors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { count_change, error_text, leftovers, start_python } from './count_hunter.ts';

const folder = new URL('.', import.meta.url);

/** Every snippet: its name and its source. */
export function snippets(): [name: string, source: string][] {
  const text = readFileSync(fileURLToPath(new URL('counts.txt', folder)), 'utf8');
  const parts = text.split(/^### /m).slice(1);
  return parts.map(part => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]);
}

/** What is wrong with a snippet: lines of text, none when its count stays. */
export function complaints(name: string, source: string): string[] {
  try {
    const change = count_change(source);
    return change === 0 ? [] : [`${name}: ${change} references in ten rounds`, ...leftovers(source).slice(0, 20)];
  } catch (e) {
    return [`${name}: ${error_text(e)}`];
  }
}

/** Asserts that no snippet of the given half (0 or 1) leaves references behind. */
export function check_half(half: number): void {
  start_python(fileURLToPath(new URL('../../dist', folder)));
  const all = snippets();
  assert.ok(all.length >= 200, `only ${all.length} snippets`);
  const wrong = all.filter((_, i) => i % 2 === half).flatMap(([name, source]) => complaints(name, source));
  assert.deepEqual(wrong, []);
}
