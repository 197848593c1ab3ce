// _io.ts: the native part of the io module.                                           CPython: Modules/_io/_iomodule.c
//
// FileIO reads and writes descriptors; the Buffered types keep a buffer over it; TextIOWrapper decodes and encodes.
// BytesIO and StringIO are streams in memory.

import type { PyObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';
import { PyExc_BlockingIOError } from '../objects/exceptions.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import {
  init_buffered_lines,
  PyBufferedRandom_Type,
  PyBufferedReader_Type,
  PyBufferedRWPair_Type,
  PyBufferedWriter_Type,
} from './_io/buffered.ts';
import { PyBufferedIOBase_Type, PyTextIOBase_Type } from './_io/bufferedbase.ts';
import { _BytesIOBuffer_Type, PyBytesIO_Type } from './_io/bytesio.ts';
import { DEFAULT_BUFFER_SIZE, PyExc_UnsupportedOperation } from './_io/common.ts';
import { PyFileIO_Type } from './_io/fileio.ts';
import { PyIOBase_Type, PyRawIOBase_Type } from './_io/iobase.ts';
import { PyIncrementalNewlineDecoder_Type } from './_io/nldecoder.ts';
import { open_methods } from './_io/open.ts';
import { PyStringIO_Type } from './_io/stringio.ts';
import { init_text_lines, PyTextIOWrapper_Type } from './_io/textio.ts';

function exec(m: PyObject): void {
  PyModule_AddIntConstant(m, 'DEFAULT_BUFFER_SIZE', DEFAULT_BUFFER_SIZE);
  PyModule_AddObjectRef(m, 'UnsupportedOperation', PyExc_UnsupportedOperation);
  PyModule_AddObjectRef(m, 'BlockingIOError', PyExc_BlockingIOError);
  init_buffered_lines();
  init_text_lines();
}

export const module: ModuleSpec = {
  name: '_io',
  doc: 'Streams.',
  methods: open_methods,
  types: () => [
    PyIncrementalNewlineDecoder_Type,
    _BytesIOBuffer_Type,
    PyIOBase_Type,
    PyTextIOBase_Type,
    PyBufferedIOBase_Type,
    PyRawIOBase_Type,
    PyBytesIO_Type,
    PyBufferedWriter_Type,
    PyBufferedReader_Type,
    PyBufferedRWPair_Type,
    PyBufferedRandom_Type,
    PyFileIO_Type,
    PyStringIO_Type,
    PyTextIOWrapper_Type,
  ],
  exec,
};
