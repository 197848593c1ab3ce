// channels.ts: channels between interpreters, without their Python objects.                   CPython: Modules/_interpchannelsmodule.c
//
// A channel has a number, and two ends, at each of which interpreters are associated by using it. It is closed when all of them
// have released their ends, or at once; one that is closed with items in it is *closing*: it can be emptied. It exists as long
// as there are ChannelID objects with its number.
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyTypeObject } from '../../core/object.ts';
import { exception_spec, static_type } from '../../core/spec.ts';
import type { PyInterpreterState } from '../../core/tstate.ts';
import { PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { WaitQueue } from '../../vm/waiting.ts';
import type { CrossData } from './crossdata.ts';
import { UNBOUND_REMOVE } from './unbound.ts';

function error_type(name: string, base: () => PyTypeObject): PyTypeObject {
  return static_type(exception_spec(`_interpchannels.${name}`, base));
}

export const ChannelError = /* @__PURE__ */ error_type('ChannelError', () => PyExc_RuntimeError);
export const ChannelNotFoundError = /* @__PURE__ */ error_type('ChannelNotFoundError', () => ChannelError);
export const ChannelClosedError = /* @__PURE__ */ error_type('ChannelClosedError', () => ChannelError);
export const ChannelEmptyError = /* @__PURE__ */ error_type('ChannelEmptyError', () => ChannelError);
export const ChannelNotEmptyError = /* @__PURE__ */ error_type('ChannelNotEmptyError', () => ChannelError);

/** What a sender waits for. */
export interface Delivery {
  readonly queue: WaitQueue;
  state: 'waiting' | 'received' | 'lost';
}

export interface Item {
  readonly interp: PyInterpreterState;
  /** Null: its interpreter has ended. */
  data: CrossData | null;
  readonly unboundop: number;
  readonly delivery: Delivery | null;
}

export type End = 'send' | 'recv';

/** Whether the ends of interpreters (by their ids) are open. */
type Association = Map<number, boolean>;

export interface Channel {
  readonly unboundop: number;
  readonly fallback: number;
  readonly ends: Readonly<Record<End, Association>>;
  items: Item[];
  open: boolean;
  closing: boolean;
}

interface Numbered {
  /** Null: it has been closed. */
  channel: Channel | null;
  objects: number;
}

const channels: Map<number, Numbered> = new Map();
const next_id = { value: 0 };

export function new_delivery(): Delivery {
  return { queue: new WaitQueue(), state: 'waiting' };
}

export function create_channel(unboundop: number, fallback: number): number {
  const ends = { send: new Map(), recv: new Map() };
  channels.set(next_id.value, {
    channel: { unboundop, fallback, ends, items: [], open: true, closing: false },
    objects: 0,
  });
  return next_id.value++;
}

function numbered(id: number): Numbered {
  const found = channels.get(id);
  if (found === undefined) PyErr_SetString(ChannelNotFoundError, `channel ${id} not found`);
  return found;
}

export function raise_closed(id: number): never {
  PyErr_SetString(ChannelClosedError, `channel ${id} is closed`);
}

/** An open channel, or one that can still be emptied. */
export function channel_by_id(id: number): Channel {
  const { channel } = numbered(id);
  if (channel === null || !channel.open) raise_closed(id);
  return channel;
}

/** The channel, null if it is closed. */
export function channel_or_closed(id: number): Channel | null {
  const { channel } = numbered(id);
  return channel === null || !channel.open ? null : channel;
}

/** Those that are not closed, the last one first. */
export function open_channels(): [id: number, channel: Channel][] {
  const found: [number, Channel][] = [];
  for (const [id, { channel }] of channels) if (channel !== null) found.unshift([id, channel]);
  return found;
}

// --- ChannelID objects --------------------------------------------------------------------------------------------------------

export function add_object(id: number): void {
  numbered(id).objects++;
}

export function exists(id: number): boolean {
  return channels.has(id);
}

export function release_object(id: number): void {
  const found = channels.get(id);
  if (found !== undefined && --found.objects === 0) destroy_channel(id);
}

export function destroy_channel(id: number): void {
  const { channel } = numbered(id);
  channels.delete(id);
  if (channel !== null) drop_items(channel);
}

// --- items ----------------------------------------------------------------------------------------------------------------------

function drop_item(item: Item): void {
  item.data?.release();
  item.data = null;
  deliver(item, 'lost');
}

function drop_items(channel: Channel): void {
  for (const item of channel.items.splice(0)) drop_item(item);
}

export function deliver({ delivery }: Item, state: 'received' | 'lost'): void {
  if (delivery === null || delivery.state !== 'waiting') return;
  delivery.state = state;
  delivery.queue.wake_all();
}

/** The interpreter takes part at an end from now on; false: it has released that. */
function associate(channel: Channel, end: End, interp: PyInterpreterState): boolean {
  const association = channel.ends[end];
  if (association.get(interp.id) === false) return false;
  association.set(interp.id, true);
  return true;
}

export function put_item(id: number, item: Item): void {
  const channel = channel_by_id(id);
  if (channel.closing) raise_closed(id);
  if (!associate(channel, 'send', item.interp)) PyErr_SetString(ChannelClosedError, `channel ${id} is already closed`);
  channel.items.push(item);
}

/** Takes an item back that nobody has received. */
export function remove_item(id: number, item: Item): void {
  const found = channels.get(id);
  const channel = found?.channel ?? null;
  const at = channel === null ? -1 : channel.items.indexOf(item);
  if (at < 0) return;
  channel!.items.splice(at, 1);
  drop_item(item);
  finish_closing(found!);
}

/** The first item, or null. */
export function next_item(id: number, interp: PyInterpreterState): Item | null {
  const found = numbered(id);
  const channel = channel_by_id(id);
  if (!associate(channel, 'recv', interp)) PyErr_SetString(ChannelClosedError, `channel ${id} is already closed`);
  const item = channel.items.shift() ?? null;
  finish_closing(found);
  return item;
}

// --- closing ----------------------------------------------------------------------------------------------------------------------

/** A closing channel is closed when it is empty. */
function finish_closing(found: Numbered): void {
  const { channel } = found;
  if (channel === null || !channel.closing || channel.items.length > 0) return;
  channel.open = false;
  found.channel = null;
}

/** Whether an interpreter takes part, or none ever has. CPython: _channelends_is_open */
function update_open(channel: Channel): void {
  const states = [...channel.ends.send.values(), ...channel.ends.recv.values()];
  channel.open = states.length === 0 || states.includes(true);
}

export function release_ends(id: number, interp: PyInterpreterState, ends: readonly End[]): void {
  const channel = channel_by_id(id);
  for (const end of ends) channel.ends[end].set(interp.id, false);
  update_open(channel);
}

/** CPython: _channels_close */
export function close_channel(id: number, send_only: boolean, force: boolean): void {
  const found = numbered(id);
  const { channel } = found;
  if (channel === null || !channel.open || (!force && send_only && channel.closing)) raise_closed(id);
  if (!force && channel.items.length > 0) {
    if (!send_only)
      PyErr_SetString(ChannelNotEmptyError, `channel ${id} may not be closed if not empty (try force=True)`);
    channel.closing = true;
    return;
  }
  channel.open = false;
  found.channel = null;
  drop_items(channel);
}

/** An interpreter ends. CPython: _channel_clear_interpreter */
export function clear_interpreter(interp: PyInterpreterState): void {
  for (const { channel } of channels.values()) {
    if (channel === null) continue;
    channel.items = channel.items.filter(item => {
      if (item.interp !== interp || item.data === null) return true;
      item.data.release();
      item.data = null;
      if (item.unboundop !== UNBOUND_REMOVE) return true;
      deliver(item, 'lost');
      return false;
    });
    for (const end of [channel.ends.send, channel.ends.recv]) if (end.has(interp.id)) end.set(interp.id, false);
    update_open(channel);
  }
}
