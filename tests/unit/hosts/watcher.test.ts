// The watcher thread: an error of its own is told to whoever waits for its answers.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { test } from 'node:test';
import { NodeEvents } from '../../../src/hosts/node_events.ts';
import { FdTable } from '../../../src/hosts/node_fd.ts';
import { NodePoll } from '../../../src/hosts/node_poll.ts';

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

test('an answer that has come in the meantime ends a wait for descriptors', () => {
  const events = new NodeEvents(path.resolve('dist'));
  const poll = new NodePoll(new FdTable(events), events);
  // An answer that ask() fetches is none.
  events.ask({ do: 'look' });
  assert.equal(events.news, false);
  const before = events.events;
  const order = events.begin({ do: 'look' });
  events.pause(before, 10_000);
  const began = performance.now();
  poll.poll([], 30_000_000_000n, () => false);
  assert.ok(performance.now() - began < 15_000, 'it waited for something else');
  assert.notEqual(events.answer(order), null);
});
