// _posixsubprocess.ts: starting child processes, which this platform cannot do.        CPython: Modules/_posixsubprocess.c

import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { raise_errno } from '../objects/exceptions.ts';

const ENOSYS = 38;

/** Neither fork() nor exec() exist here: subprocess.Popen raises OSError(ENOSYS). */
function fork_exec(): PyObject {
  return raise_errno(ENOSYS);
}

export const module: ModuleSpec = {
  name: '_posixsubprocess',
  doc: 'Starts child processes.',
  methods: [
    {
      name: 'fork_exec',
      flags: METH_CLINIC,
      meth: fork_exec,
      sig: '($module, args, executable_list, close_fds, pass_fds, cwd,\n          env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n          errpipe_read, errpipe_write, restore_signals, call_setsid,\n          pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn,\n          /)',
    },
  ],
};
