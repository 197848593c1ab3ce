// _curses.ts: windows on a terminal.                                                   CPython: Modules/_cursesmodule.c
//
// What ncurses does is done here in TypeScript: _curses/window.ts (windows as grids of cells), write.ts (adding characters),
// screen.ts and output.ts (what the terminal shows, and making it show something else), input.ts (keys), terminfo.ts and tparm.ts
// (what terminals can do), tty.ts (modes of the line). Enter through: session.ts.

import { Py_TPFLAGS_DISALLOW_INSTANTIATION, type PyTypeObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyCapsule_New } from '../objects/capsuleobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_Add, PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { constants } from './_curses/constants.ts';
import { curses_error } from './_curses/convert.ts';
import { FUNCTIONS } from './_curses/functions.ts';
import { TERMINFO_FUNCTIONS } from './_curses/terminfo_functions.ts';
import { window_type } from './_curses/window_type.ts';
import { nativeModules } from './native_registry.ts';

/** The version of ncurses that this follows. */
const NCURSES_VERSION = [6, 6, 20260608];

let version_type: PyTypeObject | null = null;

function ncurses_version_type(): PyTypeObject {
  if (version_type === null) {
    const fields = { major: 'The first number', minor: 'The second', patch: 'The date' };
    version_type = PyStructSequence_NewType({
      name: 'curses.ncurses_version',
      doc: 'The version of ncurses that is followed.',
      fields: Object.entries(fields).map(([name, doc]) => ({ name, doc })),
      n_in_sequence: 3,
      disallow_instantiation: true,
      flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
    });
    nativeModules.ready!();
  }
  return version_type;
}

export const module: ModuleSpec = {
  name: '_curses',
  one_interpreter: true,
  methods: [...FUNCTIONS, ...TERMINFO_FUNCTIONS].sort((a, b) => (a.name < b.name ? -1 : 1)),
  types: () => [curses_error, window_type],
  exec(m) {
    const version = (): ReturnType<typeof PyBytes_FromUint8Array> =>
      PyBytes_FromUint8Array(new TextEncoder().encode('2.2'));
    PyModule_Add(m, '_C_API', PyCapsule_New({ window_type }, '_curses._C_API', true));
    PyModule_Add(m, 'version', version());
    PyModule_Add(m, '__version__', version());
    PyModule_Add(
      m,
      'ncurses_version',
      PyStructSequence_New(ncurses_version_type(), NCURSES_VERSION.map(PyLong_FromLong)),
    );
    for (const [name, value] of constants()) PyModule_AddIntConstant(m, name, value);
  },
};
