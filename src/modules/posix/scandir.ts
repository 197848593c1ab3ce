// scandir.ts: os.scandir() and the entries it gives.                               CPython: Modules/posixmodule.c
//
// The host lists a directory at once; the iterator hands its entries out one by one.
// Invariant: an entry keeps the status it was asked for, so that asking again costs nothing.

import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from '../../core/fcntl.ts';
import { type HostDirEntry, HostError, type HostStat } from '../../core/host.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject, xdecref } from '../../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  type MethodSpec,
  static_type,
} from '../../core/spec.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyErr_WriteUnraisable } from '../../objects/errors_util.ts';
import { set_errno_error } from '../../objects/exceptions.ts';
import { Py_GenericAlias } from '../../objects/genericaliasobject.ts';
import { PyLong_FromBigInt } from '../../objects/longobject.ts';
import { Py_None, PyObject_SelfIter, repr_string } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_ResourceWarning } from '../../objects/warnings.ts';
import { c_bool, host, none } from '../args.ts';
import { ALLOW_FD, decode_name, join, NULLABLE, type Path, path_arg, path_error, path_or_fd } from './path.ts';
import { stat_result } from './results.ts';

class EntryData {
  /** Owned str or bytes. */
  readonly name: PyObject;
  readonly path: PyObject;
  readonly bytes: Uint8Array;
  readonly type: HostDirEntry['type'];
  /** Owned results, made when asked for. */
  stat: PyObject | null = null;
  lstat: PyObject | null = null;
  ino: bigint | null = null;
  constructor(name: PyObject, path: PyObject, bytes: Uint8Array, type: HostDirEntry['type']) {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
    this.type = type;
  }
}

function entry_dealloc(self: PyObject): void {
  const data = self.v as EntryData;
  decref(data.name);
  decref(data.path);
  xdecref(data.stat);
  xdecref(data.lstat);
}

function entry_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(`<DirEntry ${repr_string((self.v as EntryData).name)}>`);
}

function entry_lstat(self: PyObject): HostStat {
  const data = self.v as EntryData;
  try {
    const st = host().files.lstat(data.bytes);
    data.ino = st.ino;
    return st;
  } catch (e) {
    if (e instanceof HostError) set_errno_error(e, data.path);
    throw e;
  }
}

/** The status, kept (borrowed). */
function cached_stat(self: PyObject, follow: boolean): PyObject {
  const data = self.v as EntryData;
  if (!follow || data.type !== 'link') {
    data.lstat ??= stat_result(entry_lstat(self));
    return data.lstat;
  }
  if (data.stat === null) {
    try {
      data.stat = stat_result(host().files.stat(data.bytes));
    } catch (e) {
      if (e instanceof HostError) set_errno_error(e, data.path);
      throw e;
    }
  }
  return data.stat;
}

function entry_stat(self: PyObject, follow_symlinks: PyObject | null): PyObject {
  return newref(cached_stat(self, c_bool(follow_symlinks, true)));
}

function mode_of(stat: PyObject): number {
  return (stat.v as PyObject[])[0]!.v as number;
}

/** CPython: Modules/posixmodule.c:DirEntry_test_mode */
function test_mode(self: PyObject, follow: boolean, wanted: number): boolean {
  const data = self.v as EntryData;
  const is_link = data.type === 'link';
  if (is_link && !follow) return wanted === S_IFLNK;
  if (!is_link) return wanted === (data.type === 'dir' ? S_IFDIR : data.type === 'file' ? S_IFREG : 0);
  let st: HostStat;
  if (data.stat !== null) return (mode_of(data.stat) & S_IFMT) === wanted;
  try {
    st = host().files.stat(data.bytes);
  } catch (e) {
    if (e instanceof HostError) {
      if (e.errno === 2) return false; // ENOENT: a link that leads nowhere, or the file went away
      set_errno_error(e, data.path);
    }
    throw e;
  }
  data.stat = stat_result(st);
  return (st.mode & S_IFMT) === wanted;
}

function entry_is_dir(self: PyObject, follow_symlinks: PyObject | null): PyObject {
  return PyBool_FromLong(test_mode(self, c_bool(follow_symlinks, true), S_IFDIR));
}

function entry_is_file(self: PyObject, follow_symlinks: PyObject | null): PyObject {
  return PyBool_FromLong(test_mode(self, c_bool(follow_symlinks, true), S_IFREG));
}

function entry_is_symlink(self: PyObject): PyObject {
  return PyBool_FromLong((self.v as EntryData).type === 'link');
}

function entry_is_junction(): PyObject {
  return PyBool_FromLong(false);
}

function entry_inode(self: PyObject): PyObject {
  const data = self.v as EntryData;
  if (data.ino === null) entry_lstat(self);
  return PyLong_FromBigInt(data.ino!);
}

function entry_fspath(self: PyObject): PyObject {
  return newref((self.v as EntryData).path);
}

export const DirEntry_Type = static_type({
  name: 'posix.DirEntry',
  heap: 'mutable',
  tp_basicsize: 72,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: entry_dealloc,
  tp_repr: entry_repr,
  methods: [
    { name: 'is_dir', flags: METH_CLINIC, meth: entry_is_dir, sig: '($self, /, *, follow_symlinks=True)' },
    { name: 'is_file', flags: METH_CLINIC, meth: entry_is_file, sig: '($self, /, *, follow_symlinks=True)' },
    { name: 'is_symlink', flags: METH_NOARGS, meth: entry_is_symlink, sig: '($self, /)' },
    { name: 'is_junction', flags: METH_NOARGS, meth: entry_is_junction, sig: '($self, /)' },
    { name: 'stat', flags: METH_CLINIC, meth: entry_stat, sig: '($self, /, *, follow_symlinks=True)' },
    { name: 'inode', flags: METH_NOARGS, meth: entry_inode, sig: '($self, /)' },
    { name: '__fspath__', flags: METH_NOARGS, meth: entry_fspath, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias, sig: '($type, object, /)' },
  ],
  members: [
    { name: 'name', get: self => newref((self.v as EntryData).name) },
    { name: 'path', get: self => newref((self.v as EntryData).path) },
  ],
});

class ScandirData {
  readonly path: Path;
  /** Where the host finds the entries. */
  readonly folder: Uint8Array;
  entries: HostDirEntry[] | null;
  next = 0;
  constructor(path: Path, folder: Uint8Array, entries: HostDirEntry[]) {
    this.path = path;
    this.folder = folder;
    this.entries = entries;
  }
}

function scandir_iternext(self: PyObject): PyObject | null {
  const data = self.v as ScandirData;
  if (data.entries === null) return null;
  const entry = data.entries[data.next++];
  if (entry === undefined) {
    data.entries = null;
    return null;
  }
  const { path, folder } = data;
  const full = join(folder, entry.name);
  // The path of an entry starts with what the caller gave; without argument or with a descriptor it is the bare name.
  const shown = path.object === null || path.is_fd ? entry.name : full;
  return new PyObject(
    DirEntry_Type,
    new EntryData(decode_name(entry.name, path.wants_bytes), decode_name(shown, path.wants_bytes), full, entry.type),
    null,
  );
}

function scandir_close(self: PyObject): PyObject {
  (self.v as ScandirData).entries = null;
  return none();
}

function scandir_exit(self: PyObject): PyObject {
  return scandir_close(self);
}

/** Warns when the iterator is dropped before its end. CPython: Modules/posixmodule.c:ScandirIterator_finalize */
function scandir_finalize(self: PyObject): void {
  const data = self.v as ScandirData;
  if (data.entries === null) return;
  data.entries = null;
  try {
    PyErr_ResourceWarning(self, 1, `unclosed scandir iterator ${repr_string(self)}`);
  } catch (e) {
    PyErr_WriteUnraisable(self, e);
  }
}

function scandir_dealloc(self: PyObject): void {
  if ((self.v as ScandirData).entries !== null) {
    self.ob_refcnt = 1;
    scandir_finalize(self);
    if (--self.ob_refcnt > 0) return;
  }
  (self.v as ScandirData).path.free();
}

export const ScandirIterator_Type = static_type({
  name: 'posix.ScandirIterator',
  heap: 'mutable',
  tp_basicsize: 128,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: scandir_dealloc,
  tp_finalize: scandir_finalize,
  tp_iter: PyObject_SelfIter,
  tp_iternext: scandir_iternext,
  methods: [
    { name: '__enter__', flags: METH_NOARGS, meth: PyObject_SelfIter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_VARARGS, meth: scandir_exit },
    { name: 'close', flags: METH_NOARGS, meth: scandir_close, sig: '($self, /)' },
  ],
});

function read_directory(path: Path): [Uint8Array, HostDirEntry[]] {
  const folder = path_or_fd(path);
  try {
    return [folder, host().files.readdir(folder)];
  } catch (e) {
    path_error(e, path);
  }
}

function scandir(_module: PyObject, path: PyObject | null): PyObject {
  const p = path_arg('scandir', 'path', path, NULLABLE | ALLOW_FD);
  try {
    const [folder, entries] = read_directory(p);
    return new PyObject(ScandirIterator_Type, new ScandirData(p, folder, entries), null);
  } catch (e) {
    p.free();
    throw e;
  }
}

/** The entries' names in a list given by the caller. */
export function listdir_names(path: PyObject | null): PyObject[] {
  const p = path_arg('listdir', 'path', path === Py_None ? null : path, NULLABLE | ALLOW_FD);
  PySys_Audit('os.listdir', path);
  try {
    return read_directory(p)[1].map(entry => decode_name(entry.name, p.wants_bytes));
  } finally {
    p.free();
  }
}

export const scandir_methods: MethodSpec[] = [
  { name: 'scandir', flags: METH_CLINIC, meth: scandir, sig: '($module, /, path=None)' },
];
