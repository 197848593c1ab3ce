// _md5.ts: the MD5 hash.                                                                   CPython: Modules/md5module.c
import type { ModuleSpec } from '../core/spec.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { constructor_row, GIL_MINSIZE, hash_type } from './hashes/object.ts';
import { algorithm } from './hashes/state.ts';

const md5_type = /* @__PURE__ */ hash_type('_md5', '_md5.md5', 32);

export const module: ModuleSpec = {
  name: '_md5',
  methods: [
    constructor_row(
      'md5',
      () => md5_type,
      () => algorithm('md5'),
    ),
  ],
  exec(m) {
    PyModule_AddObjectRef(m, 'MD5Type', md5_type);
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
  },
};
