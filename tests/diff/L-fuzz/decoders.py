"""Mutated input for the decoders of the library: what they make of it, or which exception they raise.

    decoders.py [COUNT [SEED [DECODER ...]]]

COUNT inputs for each decoder. scripts/fuzz.mjs runs many and compares with a native CPython.
"""
import base64
import binascii
import bz2
import codecs
import collections
import csv
import datetime
import decimal
import email
import email.policy
import gzip
import hashlib
import io
import json
import lzma
import marshal
import pickle
import plistlib
import random
import struct
import sys
import tarfile
import tomllib
import warnings
import xml.dom.minidom
import xml.etree.ElementTree
import zipfile
import zlib

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 8
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 2
CHOSEN = sys.argv[3:]
warnings.simplefilter('ignore')
sys.stdout.reconfigure(line_buffering=True)

DATA = {
    'a': [1, 2.5, -3, True, None, 10**20, 'x\xe9\u4e00\U0001f600'], 'b': {'c': 'text "quoted" \\ \n', 'd': []},
    'e': ['', {}, -0.0, 1e300, [[[1]]]],
}
OBJECTS = {
    'n': [0, 1, -1, 255, 65536, 2**40, -(2**70), 1.5, True, None, 1j], 's': ('a', 'b\xe9', b'bytes', bytearray(b'ba')),
    'set': {1, 2}, 'frozen': frozenset((3,)), 'when': datetime.datetime(2024, 2, 29, 12, 30), 'price': decimal.Decimal('1.50'),
    'order': collections.OrderedDict(a=1), 'type': int, 'function': len, 'range': range(3),
}
PLAIN = {'n': [0, 1, -1, 2**40, -(2**70), 1.5, True, None, 1j, ...], 's': ('a', 'b\xe9', b'bytes'), 'f': frozenset((3,))}
PLIST = {'a': [1, 2.5, True, 'x\xe9'], 'b': {'c': b'data'}, 'd': datetime.datetime(2024, 2, 29, 12, 30)}
TEXT = 'Name,Value,"Quoted ""text""",\n1,2.5,x,\n"multi\nline",é中,,\n\'single\',a;b,c\\,d,"e"\n' * 2
XML = '''<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE root [<!ENTITY e "entity"><!ELEMENT root (#PCDATA|item)*><!ATTLIST item id ID #IMPLIED kind (a|b) "a">]>
<root xmlns="urn:x" xmlns:p="urn:y"><!-- note --><item id="1" p:k="v">t\xe9xt &e; &amp; &#65;</item><?target data?>
<p:item/><![CDATA[ <raw> ]]></root>'''
TOML = '''title = "TOML \\u00e9"\n[owner]\nname = 'Tom'\ndob = 1979-05-27T07:32:00-08:00\n[a.b]
ports = [ 8001, 0x1F, 1_000, ]\nratio = 3.14e2\nflag = true\nt = 07:32:00\ntable = { x = 1, y = "z" }\n[[list]]\nv = """
multi\nline"""\n[[list]]\nv = inf\n'''
MAIL = '''From: "J\xfcrgen, X" <j@example.org>\nTo: a@example.org, Group: b@x.org, c@y.org;\nSubject: =?utf-8?q?caf=C3=A9?= =?iso-8859-1?b?6Q==?=
 folded\nDate: Thu, 29 Feb 2024 12:30:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b1"; x*=utf-8''%e4
\n--b1\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9=\n line\n--b1
Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="a b.txt"
\nQUJD\nREVG\n--b1--\n'''
PROSE = 'A sentence with caf\xe9, \u4e2d\u6587, \u3042\u30a2 \uac00 and \u041f\u0440\u0438\u0432\u0435\u0442. ' * 3
CODECS = [
    'utf-8', 'utf-8-sig', 'utf-7', 'utf-16', 'utf-16-le', 'utf-32', 'utf-32-be', 'ascii', 'latin-1', 'cp1252', 'cp037', 'koi8-r', 'unicode_escape',
    'raw_unicode_escape', 'idna', 'punycode', 'gb18030', 'gbk', 'hz', 'big5', 'big5hkscs', 'shift_jis', 'shift_jis_2004',
    'euc_jp', 'euc_jisx0213', 'iso2022_jp', 'iso2022_jp_ext', 'iso2022_kr', 'euc_kr', 'johab', 'cp932', 'cp949', 'cp950',
]
HANDLERS = ['strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape']
# By liblzma, whose bytes ours are not: .xz of two blocks with sizes in their headers, .lz, .xz with each check and with filters,
# .lzma, a raw stream.
LZMA = [base64.b85decode(text) for text in (
    '{Wp48S^xk9=GL@E1Hc)U0U-ev00000NGeKB-~g2X5nTW|o5}L$P`Jh7T(yghI7R>f00000^Hjoy=UjlY1He^sApsTu00000N*1na-~e#|O<e#vo5}L$P`Jh7T(yJ54LJn>'
    'asa6}Q>xM`ppd%Pbd)W^#F$hK!|THf0OTVyTxem6$1S!pc2`zbR0`!yRLgfRN9ZykrmZp0K%-__00000s`5-Z6bx_Z00J?V0c~;sn(SwWvBYQl0ssI200dcD',
    'Oj=1$0So{+o5}L$P`Jh7T(ysJ&^ZMFanbTalf0%4>O(QT1;!SX(EbU-9Wc407r`+?v3J;e3_hK{4&CWZV-YTHY<}&3rJzsA=-icZaK^;D|Nm>y0007M0iFl}00000003?P'
    '00000000',
    '{Wp48S^xk5{}S0j0stWa761SMbT8$j-~k5!O<e#vo5}L$P`Jh7T(ysJ&^ZMFanbTalf0%4>O(QT1;!SX(EbU-9Wc407r`+?v3J;e3_hK{4&CWZV-YTHY<}&3rJzsA=-icZ'
    'ZPnPI0000000Ci$0ssI2`a5DPr~nH50ssI2003E9',
    '{Wp48S^xk6X(HY>0stWa761SMbT8$j-~k5!O<e#vo5}L$P`Jh7T(ysJ&^ZMFanbTalf0%4>O(QT1;!SX(EbU-9Wc407r`+?v3J;e3_hK{4&CWZV-YTHY<}&3rJzsA=-icZ'
    'ZPnPI000000%-xB00Cu)0ssI2?0NIBJ}?c70ssI200CKA',
    '{Wp48S^xk9=GL@E0stWa761SMbT8$j-~k5!O<e#vo5}L$P`Jh7T(ysJ&^ZMFanbTalf0%4>O(QT1;!SX(EbU-9Wc407r`+?v3J;e3_hK{4&CWZV-YTHY<}&3rJzsA=-icZ'
    'ZPnPI00000N{-0|2|h|>00C);0ssI2m$@;=vBYQl0ssI200dcD',
    '{Wp48S^xkF;rk4s0stWa761SMbT8$j-~k5!O<e#vo5}L$P`Jh7T(ysJ&^ZMFanbTalf0%4>O(QT1;!SX(EbU-9Wc407r`+?v3J;e3_hK{4&CWZV-YTHY<}&3rJzsA=-icZ'
    'ZPnPI00000ItHQP4`M644AneciSNf*>y($h@3v!0jq02y*Zfus00Dskhynlrs&KFXw&~v-0ssI2018=J',
    '{Wp48S^xk9=GL@E0|Ep90|5Xb0RR91qF^a8-~k5!7F_^2zZ=hSIVCZpW(0tNI2mjzQV*km00000N{-0|2|h|>00B0L0ssI2wFBuovBYQl0ssI200dcD',
    'T>t=p0RR90|NsC0{{T6g$@1q=xW(dJwU2SoIRyZ5(egu+yrvE6LovMt#uk*&{t3e!Fu9`_!7)Oyci4LjKApY}-RVtZ5iV|Qe(isypijx@+?8^0#>Bh-|7*|y00',
    'c;EpC08L#0Ih)Dy=TNxC;#{?lanLyh0CCasLzBFw4eCQNy#>Y=l+gYO!yPcWqZh$3La}$)dkj9Ez7E~#O=A%*Zft(-f2E*L$>`jba&6Vvpa1',
)]
LZMA_RAW = [{'id': lzma.FILTER_LZMA2, 'dict_size': 4096}]
FORMATS = ['<bBhH', '>iIqQ', '=efd?', '10sc3x', '@nPi', '<5p2h', 'iq', '!H%', '3', '<0sI', ' 2i ', 'P!', '>hhl']


def zip_bytes():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as archive:
        for name, method in (('a.txt', zipfile.ZIP_STORED), ('d/\xe9.txt', zipfile.ZIP_DEFLATED), ('b', zipfile.ZIP_BZIP2)):
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 0))
            archive.writestr(info, 'some text ' * 5, method)
        archive.comment = b'comment'
    return out.getvalue()


def tar_bytes(form):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=form) as archive:
        for name, kind in (('a.txt', tarfile.REGTYPE), ('d', tarfile.DIRTYPE), ('link/' * 25 + 'x', tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, data = kind, 'a.txt', b'content' if kind == tarfile.REGTYPE else b''
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()[:5120]


def read_zip(data, rnd):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(i.filename, i.date_time, i.file_size, attempt(archive.read, i)) for i in archive.infolist()]


def read_tar(data, rnd):
    with tarfile.open(fileobj=io.BytesIO(data), mode='r:') as archive:
        return [(m.name, m.size, m.type, m.mode, m.mtime, m.linkname, m.pax_headers,
                 m.isreg() and attempt(lambda: archive.extractfile(m).read(1000))) for m in archive]


def read_csv(data, rnd):
    options = rnd.choice(({}, {'strict': True}, {'delimiter': ';', 'quotechar': "'"}, {'escapechar': '\\'},
                          {'quoting': csv.QUOTE_NONE}, {'quoting': csv.QUOTE_NONNUMERIC}, {'skipinitialspace': True}))
    text = data.decode('utf-8', 'replace')
    return list(csv.reader(io.StringIO(text, newline=''), **options)), attempt(lambda: vars(csv.Sniffer().sniff(text))['delimiter'])


def read_tree(data, rnd):
    def show(node):
        return node.tag, node.text, node.tail, node.attrib, [show(child) for child in node]
    return show(xml.etree.ElementTree.fromstring(data))


def read_dom(data, rnd):
    return xml.dom.minidom.parseString(data).toxml()


def read_mail(data, rnd):
    policy = rnd.choice((email.policy.compat32, email.policy.default))
    message = email.message_from_bytes(data, policy=policy)
    parts = [(p.get_content_type(), attempt(p.get_filename), attempt(p.get_content_charset), attempt(p.get_payload, decode=True),
              [type(d).__name__ for d in p.defects]) for p in message.walk()]
    return attempt(lambda: [(k, str(v)) for k, v in message.items()]), parts, attempt(message.as_bytes)


def read_base(data, rnd):
    name = rnd.choice(('b64decode', 'urlsafe_b64decode', 'b32decode', 'b32hexdecode', 'b16decode', 'a85decode', 'b85decode', 'z85decode', 'decodebytes'))
    return name, attempt(getattr(base64, name), data), attempt(binascii.a2b_base64, data, strict_mode=True), \
        attempt(binascii.a2b_uu, data), attempt(binascii.a2b_hex, data), attempt(binascii.a2b_qp, data)


def read_zlib(data, rnd):
    stream = zlib.decompressobj(rnd.choice((15, -15, 31, 47)))
    return attempt(zlib.decompress, data), attempt(stream.decompress, data, 50), stream.eof, len(stream.unused_data)


def read_lzma(data, rnd):
    if data[:1] == b'x':
        return attempt(lzma.decompress, data[1:], lzma.FORMAT_RAW, filters=LZMA_RAW)
    stream = lzma.LZMADecompressor(rnd.choice((lzma.FORMAT_AUTO, lzma.FORMAT_XZ, lzma.FORMAT_ALONE)), rnd.choice((None, 1 << 20)))
    return attempt(lzma.decompress, data), attempt(stream.decompress, data, 50), stream.check, stream.eof, len(stream.unused_data)


def read_codec(data, rnd):
    name, handler = rnd.choice(CODECS), rnd.choice(HANDLERS)
    decoder = attempt(lambda: codecs.getincrementaldecoder(name)(handler))
    pieces = None if isinstance(decoder, str) else attempt(lambda: [decoder.decode(data[:7]), decoder.decode(data[7:], True)])
    return name, handler, attempt(data.decode, name, handler), pieces


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in ('builtins', '__builtin__', 'collections', 'datetime', 'decimal', '_codecs', 'copyreg'):
            raise pickle.UnpicklingError(f'forbidden: {module}.{name}')
        if name in ('exit', 'quit', 'input', 'breakpoint', 'exec', 'eval', 'print', 'help', 'open', '__import__'):
            raise pickle.UnpicklingError(f'forbidden: {module}.{name}')
        return super().find_class(module, name)


def codec_inputs():
    found = [b'+AGE-', b'\\u00e9\\N{BULLET}\\x4', b'xn--caf-dma.example', '中文'.encode('hz')]
    for name in CODECS:
        if name not in ('idna', 'punycode'):
            found.append(PROSE.encode(name, 'ignore')[:60])
    return found


UTF8 = [json.dumps(DATA), json.dumps(DATA, indent=1, ensure_ascii=False), '[1e5, -0.1, "\\ud83d\\ude00", NaN, -Infinity]']
BASES = [base64.b64encode(b'some bytes here'), base64.b32encode(b'text'), base64.b16encode(b'hex'), base64.a85encode(b'ascii85 text'),
         base64.b85encode(b'base85 text'), b'%86)C\n', b'soft=\nline=3D']
# Name, inputs to mutate, what reads them.
DECODERS = {
    'json': ([text.encode() for text in UTF8], lambda data, rnd: json.loads(data)),
    'pickle': ([pickle.dumps(OBJECTS, n) for n in range(6)], lambda data, rnd: Unpickler(io.BytesIO(data)).load()),
    'marshal': ([marshal.dumps(PLAIN, n) for n in range(6)], lambda data, rnd: marshal.loads(data, allow_code=False)),
    'zip': ([zip_bytes()], read_zip),
    'tar': ([tar_bytes(form) for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)], read_tar),
    'csv': ([TEXT.encode()], read_csv),
    'etree': ([XML.encode(), XML.encode('utf-16'), XML.replace('utf-8', 'latin-1').encode('latin-1')], read_tree),
    'minidom': ([XML.encode()], read_dom),
    'zlib': ([zlib.compress(b'some text ' * 20, n) for n in (0, 1, 9)], read_zlib),
    'gzip': ([gzip.compress(b'some text ' * 20, mtime=0)], lambda data, rnd: gzip.decompress(data)),
    'bz2': ([bz2.compress(b'some text ' * 20)], lambda data, rnd: bz2.decompress(data)),
    'lzma': (LZMA, read_lzma),
    'struct': ([struct.pack('<bBhHqd10s', 1, 2, 3, 4, 5, 6.5, b'x') * 2],
               lambda data, rnd: [attempt(struct.unpack, f, data[:attempt(struct.calcsize, f) if rnd.random() < 0.5 else None])
                                  for f in rnd.sample(FORMATS, 3)]),
    'base64': (BASES, read_base),
    'email': ([MAIL.encode('utf-8'), MAIL.encode('latin-1'), MAIL.replace('\n', '\r\n').encode()], read_mail),
    'plist': ([plistlib.dumps(PLIST), plistlib.dumps(PLIST, fmt=plistlib.FMT_BINARY)], lambda data, rnd: plistlib.loads(data)),
    'tomllib': ([TOML.encode()], lambda data, rnd: tomllib.loads(data.decode('utf-8', 'replace'))),
    'codecs': (codec_inputs(), read_codec),
}


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def mutate(data, rnd):
    data = bytearray(data)
    for _ in range(rnd.choice((1, 1, 1, 2, 4, 8))):
        at = rnd.randrange(len(data) + 1)
        kind = rnd.randrange(7)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            del data[at:at + rnd.randrange(1, 5)]
        elif kind == 2:
            data[at:at] = bytes(rnd.randrange(256) for _ in range(rnd.randrange(1, 4)))
        elif kind == 3:
            data[at:at] = data[at:at + rnd.randrange(1, 20)]
        elif kind == 4 and at < len(data):
            data[at] ^= 1 << rnd.randrange(8)
        elif kind == 5 and at < len(data):
            data[at] = rnd.choice((0, 0xff, 0x7f, 0x80, 0x22, 0x3c, 0x5c, 0x30, 0x2d, rnd.randrange(256)))
        elif kind == 6:
            data[at:at] = rnd.choice((b'""', b'\\', b'\x00', b'\xff\xff\xff\xff', b'&#x;', b'=', b'[', b'{', b'1e999', b'\r\n'))
    return bytes(data)


def show(value):
    text = ascii(value)
    if len(text) > 300:
        text = f'{text[:100]}... {len(text)} {zlib.crc32(text.encode()):08x}'
    return text


def without_addresses(text):
    return text if ' at 0x' not in text else text.split(' at 0x')[0]


for name, (inputs, read) in DECODERS.items():
    if CHOSEN and name not in CHOSEN:
        continue
    rnd = random.Random(f'{SEED} {name}')
    for number in range(COUNT):
        data = mutate(rnd.choice(inputs), rnd)
        print(name, number, without_addresses(show(attempt(read, data, rnd))))
