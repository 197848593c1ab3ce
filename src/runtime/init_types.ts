// init_types.ts: readies the built-in types and connects the layers' hooks, once per process.
import { ready_static_types } from '../objects/typeobject.ts';
import { init_asyncgen } from '../objects/asyncgenobject.ts';
import { init_exceptions } from '../objects/exceptions.ts';
import { init_obmalloc } from '../objects/obmalloc.ts';
import { init_weakrefs } from '../objects/weakrefobject.ts';
import { init_eval } from '../vm/eval.ts';
import { init_native_calls } from '../vm/native_calls.ts';
import { init_observers } from './init_observers.ts';
// Types are declared by the modules' top level: these are the modules that nobody else imports.
import '../objects/framelocals.ts';
import '../objects/namespaceobject.ts';
import '../objects/odictobject.ts';

let done = false;

/** Readies all types declared so far and sets the hooks. */
export function init_builtin_types(): void {
  init_asyncgen();
  ready_static_types();
  if (done) return;
  done = true;
  init_exceptions();
  init_weakrefs();
  init_obmalloc();
  init_eval();
  init_native_calls();
  init_observers();
}
