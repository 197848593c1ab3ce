// init_types.ts: readies the built-in types and connects the layers' hooks, once per process.

import { init_asyncgen } from '../objects/asyncgenobject.ts';
import { init_exceptions } from '../objects/exceptions.ts';
import { init_obmalloc } from '../objects/obmalloc.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { init_weakrefs } from '../objects/weakrefobject.ts';
import { init_eval } from '../vm/eval.ts';
import { init_iterators } from '../vm/iterators.ts';
import { init_native_calls } from '../vm/native_calls.ts';
import { run_to_end } from '../vm/steps.ts';
import { init_observers } from './init_observers.ts';
// Types are declared by the modules' top level: these are the modules that nobody else imports.
import '../objects/framelocals.ts';
import '../objects/namespaceobject.ts';
import '../objects/odictobject.ts';

let done = false;
const TYPES_AT_ONCE = 10;

/** Readies all types declared so far and sets the hooks. */
export function init_builtin_types(): void {
  run_to_end(make_builtin_types());
}

/** The same, yielding from time to time. */
export function* make_builtin_types(): Generator<void, void> {
  init_asyncgen();
  while (!ready_static_types(TYPES_AT_ONCE)) yield;
  if (done) return;
  done = true;
  init_exceptions();
  init_weakrefs();
  init_obmalloc();
  init_eval();
  init_native_calls();
  init_iterators();
  init_observers();
}
