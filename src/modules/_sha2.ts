// _sha2.ts: the SHA-2 hashes.                                                             CPython: Modules/sha2module.c
import type { ModuleSpec } from '../core/spec.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { constructor_row, GIL_MINSIZE, hash_type } from './hashes/object.ts';
import { algorithm } from './hashes/state.ts';

const TYPES = [224, 256, 384, 512].map(bits => ({
  name: `sha${bits}`,
  type: hash_type('_sha2', `_sha2.SHA${bits}Type`, 32),
}));

export const module: ModuleSpec = {
  name: '_sha2',
  methods: TYPES.map(({ name, type }) =>
    constructor_row(
      name,
      () => type,
      () => algorithm(name),
    ),
  ),
  types: () => TYPES.map(({ type }) => type),
  exec(m) {
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
  },
};
