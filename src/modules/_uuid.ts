// _uuid.ts: UUIDs of version 1, by time and node.                                        CPython: Modules/_uuidmodule.c
//
// What libuuid does: 100-nanosecond steps since 1582, a clock sequence that changes when the clock goes back, and as node,
// where no network card tells one, random bits marked as such (RFC 9562, section 6.10).
// Invariant: within one process no two are the same.
import type { PyObject } from '../core/object.ts';
import { METH_NOARGS, type ModuleSpec } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { host } from './args.ts';

/** From 1582-10-15 to 1970-01-01, in steps of 100 nanoseconds. */
const EPOCH = 0x01b21dd213814000n;
const VERSION = 1n << 12n;
const VARIANT = 0x8000;
const MULTICAST = 1;
/** Nobody makes sure that other processes do not make the same. */
const NOT_SAFE = -1;

/** Clock sequence and node (drawn at the first call) and the latest time. */
const generator = { bits: null as Uint8Array | null, sequence: 0, latest: 0n };

function generate(): Uint8Array {
  const { clock } = host();
  if (generator.bits === null) {
    generator.bits = host().random_bytes(8);
    generator.sequence = ((generator.bits[6]! << 8) | generator.bits[7]!) & 0x3fff;
  }
  let time = clock.time_ns() / 100n + EPOCH;
  if (time <= generator.latest) {
    // A coarse clock stands still for a while; one that was set back gets another sequence.
    if (generator.latest - time < 10_000n) time = generator.latest + 1n;
    else generator.sequence = (generator.sequence + 1) & 0x3fff;
  }
  generator.latest = time;
  const uuid = new Uint8Array(16);
  const view = new DataView(uuid.buffer);
  view.setUint32(0, Number(time & 0xffffffffn));
  view.setUint16(4, Number((time >> 32n) & 0xffffn));
  view.setUint16(6, Number(((time >> 48n) & 0xfffn) | VERSION));
  view.setUint16(8, generator.sequence | VARIANT);
  uuid.set(generator.bits.subarray(0, 6), 10);
  uuid[10]! |= MULTICAST;
  return uuid;
}

function generate_time_safe(): PyObject {
  return PyTuple_FromArraySteal([PyBytes_FromUint8Array(generate()), PyLong_FromLong(NOT_SAFE)]);
}

export const module: ModuleSpec = {
  name: '_uuid',
  methods: [{ name: 'generate_time_safe', flags: METH_NOARGS, meth: generate_time_safe }],
  exec: m => {
    PyModule_AddIntConstant(m, 'has_uuid_generate_time_safe', 1);
    // The node is another one in each process.
    PyModule_AddIntConstant(m, 'has_stable_extractable_node', 0);
  },
};
