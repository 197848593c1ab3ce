// itertools.ts: the module of iterator building blocks.                          CPython: Modules/itertoolsmodule.c
//
// The types are in itertools/, by what they do: infinite, combinatoric, select, tee.

import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { combinations_type, cwr_type, permutations_type, product_type } from './itertools/combinatoric.ts';
import { count_type, cycle_type, repeat_type } from './itertools/infinite.ts';
import {
  accumulate_type,
  batched_type,
  chain_type,
  compress_type,
  dropwhile_type,
  filterfalse_type,
  groupby_type,
  grouper_type,
  islice_type,
  pairwise_type,
  starmap_type,
  takewhile_type,
  zip_longest_type,
} from './itertools/select.ts';
import { itertools_tee, tee_type, teedataobject_type } from './itertools/tee.ts';

export const module: ModuleSpec = {
  name: 'itertools',
  doc: 'Iterators to build other iterators from.',
  methods: [{ name: 'tee', flags: METH_CLINIC, meth: itertools_tee, sig: '($module, iterable, n=2, /)' }],
  types: () => [
    accumulate_type,
    batched_type,
    chain_type,
    combinations_type,
    compress_type,
    count_type,
    cwr_type,
    cycle_type,
    dropwhile_type,
    filterfalse_type,
    groupby_type,
    grouper_type,
    islice_type,
    pairwise_type,
    permutations_type,
    product_type,
    repeat_type,
    starmap_type,
    takewhile_type,
    tee_type,
    teedataobject_type,
    zip_longest_type,
  ],
};
