// posix.ts: the operating system, as far as the host offers it.                    CPython: Modules/posixmodule.c
//
// The files of the folder hold one family of functions each. What no host can do (fork, exec) is absent,
// so that `hasattr(os, 'fork')` says the truth.

import { decref, type PyObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';
import { PyExc_OSError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { host } from './args.ts';
import { children_methods } from './posix/children.ts';
import { CONFSTR_NAMES, PATHCONF_NAMES, POSIX_CONSTANTS, SYSCONF_NAMES } from './posix/constants.ts';
import { descriptor_methods } from './posix/descriptors.ts';
import { file_methods } from './posix/files.ts';
import { identity_methods } from './posix/identity.ts';
import { INTERNAL_CONSTANTS, internal_methods } from './posix/internal.ts';
import { convert_environ, names_dict, process_methods } from './posix/process.ts';
import {
  sched_param_type,
  stat_result_type,
  statvfs_result_type,
  terminal_size_type,
  times_result_type,
  uname_result_type,
  waitid_result_type,
} from './posix/results.ts';
import { DirEntry_Type, scandir_methods } from './posix/scandir.ts';
import { scheduling_methods } from './posix/scheduling.ts';
import { SPAWN_CONSTANTS, spawn_methods } from './posix/spawn_family.ts';
import { special_file_methods } from './posix/special_files.ts';
import { transfer_methods } from './posix/transfer.ts';

/** What os.supports_* is computed from. */
const HAVE_FUNCTIONS = ['HAVE_FCHMOD', 'HAVE_FTRUNCATE', 'HAVE_LSTAT', 'HAVE_LUTIMES'];
/** Where an open directory can be named (HostFiles.descriptor_path). */
const HAVE_AT = [
  ...[
    'HAVE_FACCESSAT',
    'HAVE_FCHDIR',
    'HAVE_FCHMODAT',
    'HAVE_FCHOWN',
    'HAVE_FCHOWNAT',
    'HAVE_FDOPENDIR',
    'HAVE_FSTATAT',
    'HAVE_FSTATVFS',
  ],
  ...['HAVE_FUTIMENS', 'HAVE_LCHOWN', 'HAVE_LINKAT', 'HAVE_MKDIRAT', 'HAVE_MKFIFOAT', 'HAVE_MKNODAT', 'HAVE_OPENAT', 'HAVE_READLINKAT', 'HAVE_RENAMEAT'],
  ...['HAVE_SYMLINKAT', 'HAVE_UNLINKAT', 'HAVE_UTIMENSAT'],
];

function add(m: PyObject, name: string, value: PyObject): void {
  PyModule_AddObjectRef(m, name, value);
  decref(value);
}

function exec(m: PyObject): void {
  const constants = { ...POSIX_CONSTANTS, ...INTERNAL_CONSTANTS, ...SPAWN_CONSTANTS };
  for (const name of Object.keys(constants)) PyModule_AddIntConstant(m, name, constants[name]!);
  add(m, 'environ', convert_environ());
  add(m, 'sysconf_names', names_dict(SYSCONF_NAMES));
  add(m, 'pathconf_names', names_dict(PATHCONF_NAMES));
  add(m, 'confstr_names', names_dict(CONFSTR_NAMES));
  const have = host().files.descriptor_path === undefined ? HAVE_FUNCTIONS : [...HAVE_FUNCTIONS, ...HAVE_AT];
  add(m, '_have_functions', PyList_FromArraySteal(have.map(name => PyUnicode_FromString(name))));
  PyModule_AddObjectRef(m, 'error', PyExc_OSError);
  PyModule_AddObjectRef(m, 'DirEntry', DirEntry_Type);
  PyModule_AddObjectRef(m, 'stat_result', stat_result_type());
  PyModule_AddObjectRef(m, 'statvfs_result', statvfs_result_type());
  PyModule_AddObjectRef(m, 'terminal_size', terminal_size_type());
  PyModule_AddObjectRef(m, 'times_result', times_result_type());
  PyModule_AddObjectRef(m, 'uname_result', uname_result_type());
  PyModule_AddObjectRef(m, 'sched_param', sched_param_type());
  PyModule_AddObjectRef(m, 'waitid_result', waitid_result_type());
}

export const module: ModuleSpec = {
  name: 'posix',
  doc: 'Functions of the operating system.',
  methods: [
    ...file_methods,
    ...descriptor_methods,
    ...special_file_methods,
    ...spawn_methods,
    ...transfer_methods,
    ...scandir_methods,
    ...process_methods,
    ...identity_methods,
    ...scheduling_methods,
    ...children_methods,
    ...internal_methods,
  ],
  exec,
};
