// _curses_panel.ts: panels.                                                            CPython: Modules/_curses_panel.c

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import {
  exception_spec,
  METH_CLINIC,
  METH_NOARGS,
  METH_O,
  type MethodSpec,
  type ModuleSpec,
  module_type,
} from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyExc_Exception, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { ERR } from './_curses/constants.ts';
import { session } from './_curses/convert.ts';
import { hide, lower, moving, type Panel, show, stack, update } from './_curses/panels.ts';
import { window_of } from './_curses/window_object.ts';
import { window_type } from './_curses/window_type.ts';
import { c_int, none, type_name } from './args.ts';

const panel_error = module_type(
  '_curses_panel',
  exception_spec('_curses_panel.error', () => PyExc_Exception),
);

interface PanelData extends Panel {
  /** The object of the panel (borrowed). */
  self: PyObject;
  /** The window's object and what set_userptr() has set (owned). */
  object: PyObject;
  user: PyObject | null;
}

function data_of(self: PyObject): PanelData {
  return (self as PyObject<PanelData>).v;
}

function dealloc(self: PyObject): void {
  const data = data_of(self);
  gc_del(self);
  hide(data);
  decref(data.object);
  xdecref(data.user);
  decref(self.ob_type);
}

/** A panel (new reference), or None. */
function object_of(panel: Panel | undefined): PyObject {
  return panel === undefined ? none() : newref((panel as PanelData).self);
}

function window_arg(fname: string, o: PyObject): PyObject {
  if (o.ob_type !== window_type)
    PyErr_SetString(PyExc_TypeError, `${fname}() argument must be _curses.window, not ${type_name(o)}`);
  return o;
}

function move(self: PyObject, y: PyObject, x: PyObject): PyObject {
  const [line, column] = [c_int(y), c_int(x)];
  const data = data_of(self);
  const status = moving(data, () => session().screen.move_window(data.window, line, column));
  if (status === ERR) PyErr_SetString(panel_error, 'move_panel() returned ERR');
  return none();
}

function replace(self: PyObject, win: PyObject): PyObject {
  const data = data_of(self);
  const object = window_arg('replace', win);
  moving(data, () => {
    data.window = window_of(object);
    return 0;
  });
  const old = data.object;
  data.object = newref(object);
  decref(old);
  return none();
}

function set_userptr(self: PyObject, obj: PyObject): PyObject {
  const data = data_of(self);
  const old = data.user;
  data.user = newref(obj);
  xdecref(old);
  return none();
}

function userptr(self: PyObject): PyObject {
  const { user } = data_of(self);
  if (user === null) PyErr_SetString(panel_error, 'no userptr set');
  return newref(user);
}

function plain(name: string, doc: string, meth: (self: PyObject) => PyObject): MethodSpec {
  return { name, flags: METH_NOARGS, meth, sig: '($self, /)', doc };
}

function acting(name: string, doc: string, act: (panel: Panel) => void): MethodSpec {
  return plain(name, doc, self => {
    act(data_of(self));
    return none();
  });
}

/** The panel that is so many places above another one that is shown. */
function neighbour(self: PyObject, step: number): PyObject {
  const i = stack.indexOf(data_of(self));
  return object_of(i < 0 ? undefined : stack[i + step]);
}

const panel_type: PyTypeObject = module_type('_curses_panel', {
  name: '_curses_panel.panel',
  heap: 'mutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: dealloc,
  tp_traverse(self, visit) {
    const { object, user } = data_of(self);
    visit(object);
    if (user !== null) visit(user);
  },
  tp_clear(self) {
    const data = data_of(self);
    const { user } = data;
    data.user = null;
    xdecref(user);
  },
  methods: [
    plain('above', 'The panel above, or None.', self => neighbour(self, 1)),
    plain('below', 'The panel below, or None.', self => neighbour(self, -1)),
    acting('bottom', 'Puts it below all others.', lower),
    plain('hidden', 'Whether it is not shown.', self => PyBool_FromLong(!stack.includes(data_of(self)))),
    acting('hide', 'Does not show it any more.', hide),
    { name: 'move', flags: METH_CLINIC, meth: move, sig: '($self, y, x, /)', doc: 'Moves it on the screen.' },
    { name: 'replace', flags: METH_O, meth: replace, sig: '($self, win, /)', doc: 'Gives it another window.' },
    { name: 'set_userptr', flags: METH_O, meth: set_userptr, sig: '($self, obj, /)', doc: 'Keeps an object with it.' },
    acting('show', 'Shows it, above all others.', show),
    acting('top', 'Puts it above all others.', show),
    plain('userptr', 'The object that set_userptr() has set.', userptr),
    plain('window', 'Its window.', self => newref(data_of(self).object)),
  ],
});

function new_panel(_m: PyObject, win: PyObject): PyObject {
  session();
  const object = newref(window_arg('new_panel', win));
  const data = { window: window_of(win), object, user: null } as unknown as PanelData;
  const self = new PyObject<PanelData, null>(newref(panel_type), data, null) as PyObject;
  data.self = self;
  gc_new(self);
  show(data);
  return self;
}

/** A function that needs initscr(). */
function initialised(name: string, doc: string, f: () => PyObject): MethodSpec {
  const meth = (): PyObject => {
    session();
    return f();
  };
  return { name, flags: METH_NOARGS, meth, sig: '($module, /)', doc };
}

export const module: ModuleSpec = {
  name: '_curses_panel',
  one_interpreter: true,
  methods: [
    initialised('bottom_panel', 'The lowest panel, or None.', () => object_of(stack[0])),
    { name: 'new_panel', flags: METH_O, meth: new_panel, sig: '($module, win, /)', doc: 'Makes a panel of a window.' },
    initialised('top_panel', 'The highest panel, or None.', () => object_of(stack.at(-1))),
    initialised('update_panels', 'Has the next doupdate() show the panels.', () => {
      update();
      return none();
    }),
  ],
  types: () => [panel_error, panel_type],
  exec(m) {
    PyModule_AddStringConstant(m, 'version', '2.1');
    PyModule_AddStringConstant(m, '__version__', '2.1');
  },
};
