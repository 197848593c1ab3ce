// _interpchannels.ts: channels between interpreters.                                  CPython: Modules/_interpchannelsmodule.c
//
// The channels themselves: interpreters/channels.ts.

import { PyErr_SetString } from '../core/errors.ts';
import { hash_from_number } from '../core/hash.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec, static_type } from '../core/spec.ts';
import { current, interpreters } from '../core/tstate.ts';
import { PyNumber_Check } from '../objects/abstract.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { PyLong_Check, PyType_Check } from '../objects/checks.ts';
import { PyExc_TimeoutError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyImport_ImportModule } from '../objects/import_util.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyMemoryView_FromObject } from '../objects/memoryobject.ts';
import { Py_None, Py_NotImplemented, PyObject_GetAttrString, PyObject_RichCompare } from '../objects/object.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyObject_TypeCheck, ready_static_types } from '../objects/typeobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { block } from '../vm/waiting.ts';
import { seconds_arg, timeout_arg } from './_thread/lock.ts';
import { c_bool, none } from './args.ts';
import {
  add_object,
  ChannelClosedError,
  ChannelEmptyError,
  ChannelError,
  ChannelNotEmptyError,
  ChannelNotFoundError,
  channel_by_id,
  channel_or_closed,
  clear_interpreter,
  close_channel,
  create_channel,
  deliver,
  destroy_channel,
  type End,
  exists,
  type Item,
  new_delivery,
  next_item,
  open_channels,
  put_item,
  raise_closed,
  release_ends,
  release_object,
  remove_item,
} from './interpreters/channels.ts';
import {
  attempt,
  type CrossData,
  cross_data,
  register_class,
  register_type,
  unregister_class,
} from './interpreters/crossdata.ts';
import { id_argument, interpreterEnds } from './interpreters/lifecycle.ts';
import { FULL_FALLBACK, fallback_choice, UNBOUND_REPLACE, unbound_choice } from './interpreters/unbound.ts';

type Optional = PyObject | null;

// --- ChannelID ---------------------------------------------------------------------------------------------------------------

interface ChannelID {
  readonly id: number;
  /** Null: both. */
  readonly end: End | null;
  /** Another interpreter gets the Python module's object for the end. */
  readonly resolve: boolean;
}

/** `force`: the channel need not exist. */
function new_channel_id(id: number, end: End | null, force: boolean, resolve: boolean): PyObject {
  if (!force || exists(id)) add_object(id);
  return new PyObject<ChannelID, null>(channelid_type, { id, end, resolve }, null) as PyObject;
}

function of(self: PyObject): ChannelID {
  return self.v as ChannelID;
}

/** CPython: channel_id_converter */
function id_of(o: PyObject): number {
  if (PyObject_TypeCheck(o, channelid_type)) return of(o).id;
  return id_argument(o, 'channel ID');
}

function channelid_repr(self: PyObject): PyObject {
  const { id, end } = of(self);
  const name = self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1);
  return PyUnicode_FromString(`${name}(${id}${end === null ? '' : `, ${end}=True`})`);
}

function channelid_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (op !== Py_EQ && op !== Py_NE) return newref(Py_NotImplemented);
  const { id, end } = of(self);
  let equal: boolean;
  if (PyObject_TypeCheck(other, channelid_type)) equal = of(other).id === id && of(other).end === end;
  else if (PyLong_Check(other)) equal = PyLong_AsBigInt(other) === BigInt(id);
  else if (PyNumber_Check(other)) {
    const number = PyLong_FromLong(id);
    try {
      return PyObject_RichCompare(number, other, op);
    } finally {
      decref(number);
    }
  } else return newref(Py_NotImplemented);
  return PyBool_FromLong(equal === (op === Py_EQ));
}

function channelid_int(self: PyObject): PyObject {
  return PyLong_FromLong(of(self).id);
}

function end_getter(end: End): (self: PyObject) => PyObject {
  return self => new_channel_id(of(self).id, end, true, of(self).resolve);
}

const channelid_type = static_type({
  name: '_interpchannels.ChannelID',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_doc: 'A channel ID identifies a channel and may be used as an int.',
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_dealloc: self => release_object(of(self).id),
  tp_repr: channelid_repr,
  tp_str: self => PyUnicode_FromString(String(of(self).id)),
  tp_hash: self => hash_from_number(of(self).id),
  tp_richcompare: channelid_richcompare,
  nb_int: channelid_int,
  nb_index: channelid_int,
  getset: [
    { name: 'end', get: self => PyUnicode_FromString(of(self).end ?? 'both'), doc: "'send', 'recv', or 'both'" },
    { name: 'send', get: end_getter('send'), doc: "the 'send' end of the channel" },
    { name: 'recv', get: end_getter('recv'), doc: "the 'recv' end of the channel" },
  ],
});

/** Data of a ChannelID (which is held); `as_end`: the Python module's object for its end is made of it. */
function channelid_data(o: PyObject, as_end: boolean): CrossData {
  const { id, end, resolve } = of(o);
  newref(o);
  return {
    new_object() {
      const made = new_channel_id(id, end, false, false);
      if (end === null || !(as_end || resolve)) return made;
      try {
        if (as_end) return end_object(made, end);
        return attempt(() => end_object(made, end)) ?? newref(made);
      } finally {
        decref(made);
      }
    },
    release: () => decref(o),
  };
}

// --- the Python module's classes for ends ------------------------------------------------------------------------------------

const classes = /* @__PURE__ */ per_interpreter(
  () => ({ send: null as PyTypeObject | null, recv: null as PyTypeObject | null }),
  { clear: drop_classes },
);

function drop_classes(): void {
  for (const type of [classes.send, classes.recv]) if (type !== null) unregister_class(type);
  xdecref(classes.send);
  xdecref(classes.recv);
  Object.assign(classes, { send: null, recv: null });
}

function end_object(id: PyObject, end: End): PyObject {
  if (classes[end] === null) {
    const names = ['interpreters.channels', 'test.support.channels'];
    const module = attempt(() => PyImport_ImportModule(names[0]!)) ?? PyImport_ImportModule(names[1]!);
    decref(module);
  }
  return PyObject_CallOneArg(classes[end]!, id);
}

function end_data(o: PyObject): CrossData {
  const id = PyObject_GetAttrString(o, '_id');
  try {
    if (!PyObject_TypeCheck(id, channelid_type)) {
      const got = id.ob_type.tp_name;
      PyErr_SetString(PyExc_TypeError, `'_id' attribute must be an _interpchannels.ChannelID object, not ${got}`);
    }
    return channelid_data(id, true);
  } finally {
    decref(id);
  }
}

function _register_end_types(_m: PyObject, send: PyObject, recv: PyObject): PyObject {
  if (!PyType_Check(send)) PyErr_SetString(PyExc_TypeError, "expected a type for 'send'");
  if (!PyType_Check(recv)) PyErr_SetString(PyExc_TypeError, "expected a type for 'recv'");
  drop_classes();
  Object.assign(classes, { send: newref(send), recv: newref(recv) });
  register_class(send as PyTypeObject, end_data);
  register_class(recv as PyTypeObject, end_data);
  return none();
}

// --- ChannelInfo ---------------------------------------------------------------------------------------------------------------

const INFO_FIELDS: readonly [name: string, doc: string][] = [
  ['open', 'both ends are open'],
  ['closing', 'send is closed, recv is non-empty'],
  ['closed', 'both ends are closed'],
  ['count', 'queued objects'],
  ['num_interp_send', 'interpreters bound to the send end'],
  ['num_interp_send_released', 'interpreters bound to the send end and released'],
  ['num_interp_recv', 'interpreters bound to the recv end'],
  ['num_interp_recv_released', 'interpreters bound to the recv end and released'],
  ['num_interp_both', 'interpreters bound to both ends'],
  ['num_interp_both_released', 'interpreters bound to both ends and released from both'],
  ['num_interp_both_send_released', 'interpreters bound to both ends and released from the send end'],
  ['num_interp_both_recv_released', 'interpreters bound to both ends and released from the recv end'],
  ['send_associated', 'this interpreter is bound to the send end'],
  ['send_released', 'this interpreter was bound to the send end'],
  ['recv_associated', 'this interpreter is bound to the recv end'],
  ['recv_released', 'this interpreter was bound to the recv end'],
];

const info = { type: null as PyTypeObject | null };

function info_type(): PyTypeObject {
  if (info.type === null) {
    info.type = PyStructSequence_NewType({
      name: '_interpchannels.ChannelInfo',
      doc: "ChannelInfo\n\nA named tuple of a channel's state.",
      fields: INFO_FIELDS.map(([name, doc]) => ({ name, doc })),
      n_in_sequence: 8,
    });
    ready_static_types();
  }
  return info.type;
}

/** How many interpreters take part where. CPython: _channel_get_info */
function get_info(_m: PyObject, cid: PyObject): PyObject {
  const channel = channel_or_closed(id_of(cid));
  const counts = new Array<number>(8).fill(0);
  const { id } = current.tstate.interp;
  const send = channel?.ends.send ?? new Map<number, boolean>();
  const recv = channel?.ends.recv ?? new Map<number, boolean>();
  for (const [who, open] of send) if (!recv.has(who)) counts[open ? 0 : 1]!++;
  for (const [who, recv_open] of recv) {
    const send_open = send.get(who);
    if (send_open === undefined) counts[recv_open ? 2 : 3]!++;
    else counts[recv_open ? (send_open ? 4 : 7) : send_open ? 6 : 5]!++;
  }
  const flags = [send.get(id) === true, send.get(id) === false, recv.get(id) === true, recv.get(id) === false];
  const closing = channel?.closing === true;
  return PyStructSequence_New(info_type(), [
    ...[channel !== null && !closing, closing, channel === null].map(PyBool_FromLong),
    ...[channel?.items.length ?? 0, ...counts].map(PyLong_FromLong),
    ...flags.map(PyBool_FromLong),
  ]);
}

// --- functions -------------------------------------------------------------------------------------------------------------------

function create(_m: PyObject, unboundop: Optional, fallback: Optional): PyObject {
  const op = unbound_choice(unboundop, UNBOUND_REPLACE);
  return new_channel_id(create_channel(op, fallback_choice(fallback, FULL_FALLBACK)), null, false, false);
}

function destroy(_m: PyObject, cid: PyObject): PyObject {
  destroy_channel(id_of(cid));
  return none();
}

function list_all(): PyObject {
  return PyList_FromArraySteal(
    open_channels().map(([id, { unboundop, fallback }]) =>
      PyTuple_FromArraySteal([
        new_channel_id(id, null, false, false),
        PyLong_FromLong(unboundop),
        PyLong_FromLong(fallback),
      ]),
    ),
  );
}

function list_interpreters(_m: PyObject, cid: PyObject, send: PyObject): PyObject {
  const id = id_of(cid);
  const channel = channel_by_id(id);
  const is_send = c_bool(send, false);
  if (is_send && channel.closing) raise_closed(id);
  const association = channel.ends[is_send ? 'send' : 'recv'];
  const found = interpreters.filter(interp => association.get(interp.id) === true);
  return PyList_FromArraySteal(found.map(interp => PyLong_FromLong(interp.id)));
}

/** Nanoseconds; -1: no limit. */
function send_timeout(waits: boolean, timeout: Optional): bigint {
  if (waits && timeout !== null && seconds_arg(timeout) < 0n)
    PyErr_SetString(PyExc_ValueError, 'timeout value must be a non-negative number');
  return timeout_arg(waits, timeout);
}

/** Puts an object into a channel, and waits until it has been received unless told otherwise. */
function send_object(
  native: unknown,
  cid: PyObject,
  o: PyObject,
  unboundop: Optional,
  fallback: Optional,
  blocking: Optional,
  timeout: Optional,
): PyObject {
  const id = id_of(cid);
  const waits = c_bool(blocking, true);
  const timeout_ns = send_timeout(waits, timeout === Py_None ? null : timeout);
  const channel = channel_by_id(id);
  if (channel.closing) raise_closed(id);
  const op = unbound_choice(unboundop, channel.unboundop);
  const data = cross_data(o, fallback_choice(fallback, channel.fallback) === FULL_FALLBACK);
  const { interp } = current.tstate;
  const item: Item = { interp, data, unboundop: op, delivery: waits ? new_delivery() : null };
  try {
    put_item(id, item);
  } catch (e) {
    data.release();
    throw e;
  }
  const { delivery } = item;
  if (delivery === null) return none();
  return block(
    {
      attempt() {
        if (delivery.state === 'lost') PyErr_SetString(ChannelClosedError, `channel ${id} has closed`);
        return delivery.state === 'received' ? none() : null;
      },
      expired: () => PyErr_SetString(PyExc_TimeoutError, 'timed out'),
      timeout_ns,
      queue: delivery.queue,
      release: () => remove_item(id, item),
      what: () => `the receiver of channel ${id}`,
    },
    native,
  );
}

function send(
  _m: PyObject,
  cid: PyObject,
  o: PyObject,
  unboundop: Optional,
  fallback: Optional,
  blocking: Optional,
  timeout: Optional,
): PyObject {
  return send_object(send, cid, o, unboundop, fallback, blocking, timeout);
}

function send_buffer(
  _m: PyObject,
  cid: PyObject,
  o: PyObject,
  unboundop: Optional,
  fallback: Optional,
  blocking: Optional,
  timeout: Optional,
): PyObject {
  const view = PyMemoryView_FromObject(o);
  try {
    return send_object(send_buffer, cid, view, unboundop, fallback, blocking, timeout);
  } finally {
    decref(view);
  }
}

function recv(_m: PyObject, cid: PyObject, fallback: Optional): PyObject {
  const id = id_of(cid);
  const item = next_item(id, current.tstate.interp);
  if (item === null) {
    if (fallback !== null) return PyTuple_FromArraySteal([newref(fallback), none()]);
    PyErr_SetString(ChannelEmptyError, `channel ${id} is empty`);
  }
  const { data, unboundop } = item;
  if (data === null) return PyTuple_FromArraySteal([none(), PyLong_FromLong(unboundop)]);
  try {
    const o = data.new_object();
    deliver(item, 'received');
    return PyTuple_FromArraySteal([o, none()]);
  } finally {
    data.release();
    deliver(item, 'lost');
  }
}

function close(_m: PyObject, cid: PyObject, send_o: Optional, recv_o: Optional, force: Optional): PyObject {
  close_channel(id_of(cid), c_bool(send_o, false) && !c_bool(recv_o, false), c_bool(force, false));
  return none();
}

function release(_m: PyObject, cid: PyObject, send_o: Optional, recv_o: Optional, _force: Optional): PyObject {
  const asked = [c_bool(send_o, false) ? 'send' : null, c_bool(recv_o, false) ? 'recv' : null].filter(e => e !== null);
  release_ends(id_of(cid), current.tstate.interp, asked.length === 0 ? ['send', 'recv'] : (asked as End[]));
  return none();
}

function get_count(_m: PyObject, cid: PyObject): PyObject {
  return PyLong_FromLong(channel_by_id(id_of(cid)).items.length);
}

function get_channel_defaults(_m: PyObject, cid: PyObject): PyObject {
  const { unboundop, fallback } = channel_by_id(id_of(cid));
  return PyTuple_FromArraySteal([PyLong_FromLong(unboundop), PyLong_FromLong(fallback)]);
}

/** CPython: _channelid_new */
function _channel_id(
  _m: PyObject,
  id_o: PyObject,
  send_o: Optional,
  recv_o: Optional,
  force: Optional,
  resolve: Optional,
): PyObject {
  const id = id_of(id_o);
  let end = PyObject_TypeCheck(id_o, channelid_type) ? of(id_o).end : null;
  const is_send = c_bool(send_o, false);
  const is_recv = c_bool(recv_o, false);
  if (send_o !== null && recv_o !== null && !is_send && !is_recv)
    PyErr_SetString(PyExc_ValueError, "'send' and 'recv' cannot both be False");
  if (is_send) end = is_recv ? null : 'send';
  else if (is_recv) end = 'recv';
  return new_channel_id(id, end, c_bool(force, false), c_bool(resolve, false));
}

const SEND_SIGNATURE = '($module, /, cid, obj, unboundop=-1, fallback=-1, *, blocking=True, timeout=None)';

export const module: ModuleSpec = {
  name: '_interpchannels',
  doc: "This module provides primitive operations to manage Python interpreters.\nThe 'interpreters' module provides a more convenient interface.",
  types: () => [
    ChannelError,
    ChannelNotFoundError,
    ChannelClosedError,
    ChannelEmptyError,
    ChannelNotEmptyError,
    channelid_type,
    info_type(),
  ],
  methods: [
    {
      name: 'create',
      flags: METH_CLINIC,
      meth: create,
      sig: '($module, /, unboundop=-1, fallback=-1)',
      doc: 'Makes a channel and returns its ID.',
    },
    {
      name: 'destroy',
      flags: METH_CLINIC,
      meth: destroy,
      sig: '($module, /, cid)',
      doc: 'Ends a channel with all that is in it.',
    },
    {
      name: 'list_all',
      flags: METH_NOARGS,
      meth: list_all,
      sig: '($module, /)',
      doc: 'IDs of the channels that are not closed, and what they were made with.',
    },
    {
      name: 'list_interpreters',
      flags: METH_CLINIC,
      meth: list_interpreters,
      sig: '($module, /, cid, *, send)',
      doc: 'Numbers of the interpreters that take part at an end.',
    },
    {
      name: 'send',
      flags: METH_CLINIC,
      meth: send,
      sig: SEND_SIGNATURE,
      doc: "Adds an object's data; waits until it has been received.",
    },
    {
      name: 'send_buffer',
      flags: METH_CLINIC,
      meth: send_buffer,
      sig: SEND_SIGNATURE,
      doc: "Adds a view of an object's buffer; waits until it has been received.",
    },
    {
      name: 'recv',
      flags: METH_CLINIC,
      meth: recv,
      sig: '($module, /, cid, default=<unrepresentable>)',
      doc: 'Takes the first item: the object and None, or None and what is to be done where its interpreter has ended.',
    },
    {
      name: 'close',
      flags: METH_CLINIC,
      meth: close,
      sig: '($module, /, cid, *, send=False, recv=False, force=False)',
      doc: 'Closes the channel for all interpreters. With items in it only by force, or its send end, and the rest when it is empty.',
    },
    {
      name: 'release',
      flags: METH_CLINIC,
      meth: release,
      sig: '($module, /, cid, *, send=False, recv=False, force=False)',
      doc: 'Closes ends of the channel for this interpreter; both if none is named.',
    },
    { name: 'get_count', flags: METH_CLINIC, meth: get_count, sig: '($module, /, cid)', doc: 'How many items it has.' },
    {
      name: 'get_info',
      flags: METH_CLINIC,
      meth: get_info,
      sig: '($module, /, cid)',
      doc: 'Which interpreters take part, and whether it is open.',
    },
    {
      name: 'get_channel_defaults',
      flags: METH_CLINIC,
      meth: get_channel_defaults,
      sig: '($module, /, cid)',
      doc: 'What it was made with.',
    },
    {
      name: '_channel_id',
      flags: METH_CLINIC,
      meth: _channel_id,
      sig: '($module, /, id, *, send=<unrepresentable>, recv=<unrepresentable>, force=False, _resolve=False)',
    },
    { name: '_register_end_types', flags: METH_CLINIC, meth: _register_end_types, sig: '($module, /, send, recv)' },
  ],
  exec() {
    if (interpreterEnds.includes(clear_interpreter)) return;
    interpreterEnds.push(clear_interpreter);
    register_type(channelid_type, o => channelid_data(o, false));
  },
};
