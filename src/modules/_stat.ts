// _stat.ts: the bits of file modes.                                                          CPython: Modules/_stat.c

import { PyErr_SetString } from '../core/errors.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../core/fcntl.ts';
import { decref, type PyObject } from '../core/object.ts';
import { METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyExc_OverflowError } from '../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';

const CONSTANTS: Readonly<Record<string, number>> = {
  S_IFDIR,
  S_IFCHR,
  S_IFBLK,
  S_IFREG,
  S_IFIFO,
  S_IFLNK,
  S_IFSOCK,
  S_IFDOOR: 0,
  S_IFPORT: 0,
  S_IFWHT: 0,
  S_ISUID: 0o4000,
  S_ISGID: 0o2000,
  S_ISVTX: 0o1000,
  S_ENFMT: 0o2000,
  S_IREAD: 0o400,
  S_IWRITE: 0o200,
  S_IEXEC: 0o100,
  S_IRWXU: 0o700,
  S_IRUSR: 0o400,
  S_IWUSR: 0o200,
  S_IXUSR: 0o100,
  S_IRWXG: 0o70,
  S_IRGRP: 0o40,
  S_IWGRP: 0o20,
  S_IXGRP: 0o10,
  S_IRWXO: 0o7,
  S_IROTH: 0o4,
  S_IWOTH: 0o2,
  S_IXOTH: 0o1,
  UF_SETTABLE: 0xffff,
  UF_NODUMP: 1,
  UF_IMMUTABLE: 2,
  UF_APPEND: 4,
  UF_OPAQUE: 8,
  UF_NOUNLINK: 16,
  UF_COMPRESSED: 32,
  UF_TRACKED: 64,
  UF_DATAVAULT: 128,
  UF_HIDDEN: 0x8000,
  SF_SETTABLE: 0xffff0000,
  SF_ARCHIVED: 0x10000,
  SF_IMMUTABLE: 0x20000,
  SF_APPEND: 0x40000,
  SF_NOUNLINK: 0x100000,
  SF_SNAPSHOT: 0x200000,
  SF_FIRMLINK: 0x800000,
  SF_DATALESS: 0x40000000,
  ST_MODE: 0,
  ST_INO: 1,
  ST_DEV: 2,
  ST_NLINK: 3,
  ST_UID: 4,
  ST_GID: 5,
  ST_SIZE: 6,
  ST_ATIME: 7,
  ST_MTIME: 8,
  ST_CTIME: 9,
};

/** CPython: Modules/_stat.c:_PyLong_AsMode_t */
function mode_arg(o: PyObject): number {
  const index = PyNumber_Index(o);
  const value = PyLong_AsBigInt(index);
  decref(index);
  if (value < 0n) PyErr_SetString(PyExc_OverflowError, "can't convert negative value to unsigned int");
  if (value > 0xffffffffn) PyErr_SetString(PyExc_OverflowError, 'mode out of range');
  return Number(value);
}

function is_type(name: string, type: number): MethodSpec {
  return {
    name,
    flags: METH_O,
    meth: (_m: PyObject, mode: PyObject) => PyBool_FromLong(type !== 0 && (mode_arg(mode) & S_IFMT) === type),
    sig: '($self, object, /)',
  };
}

function imode(_m: PyObject, mode: PyObject): PyObject {
  return PyLong_FromLong(mode_arg(mode) & 0o7777);
}

function ifmt(_m: PyObject, mode: PyObject): PyObject {
  return PyLong_FromLong(mode_arg(mode) & S_IFMT);
}

/** Like `ls -l`: '-rwxr-xr-x'. CPython: Modules/_stat.c:stat_filemode */
function filemode(_m: PyObject, o: PyObject): PyObject {
  const mode = mode_arg(o);
  const kinds: Record<number, string> = {
    [S_IFREG]: '-',
    [S_IFDIR]: 'd',
    [S_IFLNK]: 'l',
    [S_IFBLK]: 'b',
    [S_IFCHR]: 'c',
    [S_IFIFO]: 'p',
    [S_IFSOCK]: 's',
  };
  const bit = (mask: number, c: string): string => ((mode & mask) !== 0 ? c : '-');
  const exec = (x: number, special: number, both: string, only: string): string => {
    if ((mode & special) !== 0) return (mode & x) !== 0 ? both : only;
    return bit(x, 'x');
  };
  return PyUnicode_FromString(
    (kinds[mode & S_IFMT] ?? '?') +
      bit(0o400, 'r') +
      bit(0o200, 'w') +
      exec(0o100, 0o4000, 's', 'S') +
      bit(0o40, 'r') +
      bit(0o20, 'w') +
      exec(0o10, 0o2000, 's', 'S') +
      bit(0o4, 'r') +
      bit(0o2, 'w') +
      exec(0o1, 0o1000, 't', 'T'),
  );
}

function exec(m: PyObject): void {
  for (const name of Object.keys(CONSTANTS)) PyModule_AddIntConstant(m, name, CONSTANTS[name]!);
}

export const module: ModuleSpec = {
  name: '_stat',
  doc: 'The bits of file modes.',
  methods: [
    is_type('S_ISDIR', S_IFDIR),
    is_type('S_ISCHR', S_IFCHR),
    is_type('S_ISBLK', S_IFBLK),
    is_type('S_ISREG', S_IFREG),
    is_type('S_ISFIFO', S_IFIFO),
    is_type('S_ISLNK', S_IFLNK),
    is_type('S_ISSOCK', S_IFSOCK),
    is_type('S_ISDOOR', 0),
    is_type('S_ISPORT', 0),
    is_type('S_ISWHT', 0),
    { name: 'S_IMODE', flags: METH_O, meth: imode, sig: '($self, object, /)' },
    { name: 'S_IFMT', flags: METH_O, meth: ifmt, sig: '($self, object, /)' },
    { name: 'filemode', flags: METH_O, meth: filemode, sig: '($self, object, /)' },
  ],
  exec,
};
