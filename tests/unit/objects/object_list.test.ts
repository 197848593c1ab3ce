// The collector's lists: what is given up for its holes is no place for what comes later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PyObject } from '../../../src/core/object.ts';
import { ObjectList } from '../../../src/core/object_list.ts';

const PIECE = 8192;
/** The lists look at nothing but `gc`. */
const object = (): PyObject => ({ gc: 0 }) as unknown as PyObject;

/** A list whose first piece stays full; the second becomes holes, and the third, which is not full, as well. */
function with_holes(): ObjectList {
  const list = new ObjectList();
  for (let i = 0; i < 2 * PIECE + 10; i++) list.push(object());
  for (let i = PIECE; i < list.length; i++) list.set(i, null);
  list.close_up(PIECE);
  return list;
}

test('what is pushed after pieces were given up is in that list only', () => {
  const list = with_holes();
  const other = with_holes();
  const added = object();
  list.push(added);
  assert.equal(list.objects().filter(o => o === added).length, 1);
  assert.equal(other.objects().length, PIECE);
});
