// _multibytecodec.ts: East Asian encodings.                 CPython: Modules/cjkcodecs/multibytecodec.c, _codecs_*.c
//
// The modules _codecs_cn, _codecs_hk, _codecs_jp, _codecs_kr and _codecs_tw give the codecs by name; `encodings` makes
// Python's codecs of them.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_LookupError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyImport_ImportModule } from '../objects/import_util.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { EucKr, Gb18030, Hz, type MultibyteCodec, TableCodec } from './cjkcodecs/codec.ts';
import { Iso2022 } from './cjkcodecs/iso2022.ts';
import { decoder_type, encoder_type, new_codec, reader_type, writer_type } from './cjkcodecs/multibyte.ts';

/** Codecs come from the modules below only. CPython: _multibytecodec___create_codec */
function create_codec(_m: PyObject, _capsule: PyObject): PyObject {
  PyErr_SetString(PyExc_ValueError, 'argument type invalid');
}

export const multibytecodec_module: ModuleSpec = {
  name: '_multibytecodec',
  methods: [{ name: '__create_codec', flags: METH_O, meth: create_codec, sig: '($module, object, /)' }],
  types: () => [encoder_type, decoder_type, reader_type, writer_type],
};

function family(name: string, codecs: Readonly<Record<string, () => MultibyteCodec>>): ModuleSpec {
  const made = new Map<string, MultibyteCodec>();
  return {
    name,
    methods: [
      {
        name: 'getcodec',
        flags: METH_O,
        sig: '($self, object, /)',
        meth(_m: PyObject, encoding: PyObject): PyObject {
          if (!PyUnicode_Check(encoding)) PyErr_SetString(PyExc_TypeError, 'encoding name must be a string.');
          const wanted = PyUnicode_AsString(encoding);
          const make = Object.hasOwn(codecs, wanted) ? codecs[wanted] : undefined;
          if (make === undefined) PyErr_SetString(PyExc_LookupError, 'no such codec is supported.');
          let codec = made.get(wanted);
          if (codec === undefined) {
            codec = make!();
            made.set(wanted, codec);
          }
          // Its types are made by its import.
          decref(PyImport_ImportModule('_multibytecodec'));
          return new_codec(codec);
        },
      },
    ],
  };
}

function tables(...names: string[]): Record<string, () => MultibyteCodec> {
  return Object.fromEntries(names.map(name => [name, () => new TableCodec(name)]));
}

/** Functions, since a codec's table is made when it is first asked for. */
export function cjk_modules(): ModuleSpec[] {
  return [
    family('_codecs_cn', { ...tables('gb2312', 'gbk'), gb18030: () => new Gb18030('gb18030'), hz: () => new Hz() }),
    family('_codecs_hk', tables('big5hkscs')),
    family(
      '_codecs_iso2022',
      Object.fromEntries(
        ['kr', 'jp', 'jp_1', 'jp_2', 'jp_2004', 'jp_3', 'jp_ext'].map(n => [
          `iso2022_${n}`,
          () => new Iso2022(`iso2022_${n}`),
        ]),
      ),
    ),
    family(
      '_codecs_jp',
      tables('shift_jis', 'cp932', 'euc_jp', 'shift_jis_2004', 'euc_jis_2004', 'euc_jisx0213', 'shift_jisx0213'),
    ),
    family('_codecs_kr', { ...tables('cp949', 'johab'), euc_kr: () => new EucKr('euc_kr') }),
    family('_codecs_tw', tables('big5', 'cp950')),
  ];
}
