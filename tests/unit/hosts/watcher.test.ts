// The watcher thread: an error of its own is told to whoever waits for its answers.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { test } from 'node:test';
import { NodeEvents } from '../../../src/hosts/node_events.ts';

test('an error in the watcher ends the wait for an answer', () => {
  const events = new NodeEvents(path.resolve('dist'));
  class Broken extends Error {}
  events.on_broken = text => {
    throw new Broken(text);
  };
  // An order without what it is about.
  assert.throws(
    () => events.ask({ do: 'net', net: null as never }),
    e => e instanceof Broken && /TypeError/.test(e.message),
  );
});
