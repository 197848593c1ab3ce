// _sha1.ts: the SHA-1 hash.                                                                   CPython: Modules/sha1module.c
import type { ModuleSpec } from '../core/spec.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { constructor_row, GIL_MINSIZE, hash_type } from './hashes/object.ts';
import { algorithm } from './hashes/state.ts';

const sha1_type = /* @__PURE__ */ hash_type('_sha1', '_sha1.sha1', 40);

export const module: ModuleSpec = {
  name: '_sha1',
  methods: [
    constructor_row(
      'sha1',
      () => sha1_type,
      () => algorithm('sha1'),
    ),
  ],
  exec(m) {
    PyModule_AddObjectRef(m, 'SHA1Type', sha1_type);
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
  },
};
