"""Damaged pickles, and which exception each of them raises: from bytes in memory and from a file."""
import io
import pickle
import struct

HEAD = b'\x80\x05'


def load(data):
    found = []
    for function in (pickle.loads, lambda text: pickle.load(io.BytesIO(text))):
        try:
            found.append(repr(function(data)))
        except Exception as error:
            found.append(f'{type(error).__name__}: {error}')
    print(ascii(data), *found, sep=' | ')


def frame(n):
    return b'\x95' + struct.pack('<Q', n)


for text in (
    b'010', b'0x10', b' 5', b'+5', b'1_000', b'-', b'\0', b'5\0x', b'0b1', b'08', b'\x000', b'\x00', b'0o7', b'01', b'00', b' ', b'5 ',
    b'1\0', b'0\0', b'\t1', b'9' * 20, b'0x', b'_1', b'\xff', b'0x1g',
):
    load(b'I' + text + b'\n.')
for text in (b'11e999.0', b'1e999x', b'1x', b'nanx', b'infinity ', b'1e999'):
    load(b'F' + text + b'\n.')
load(HEAD + frame(2) + frame(2**63) + b'N.')
load(HEAD + frame(20) + frame(2**63) + b'N.' + b' ' * 30)
load(HEAD + frame(20) + frame(3) + b'N.' + b' ' * 30)
load(HEAD + frame(9) + frame(2**63) + b'N.' + b' ' * 30)
load(HEAD + frame(9) + frame(2) + b'N.' + b' ' * 30)
load(HEAD + frame(2**63) + b'N.')
load(HEAD + frame(2**63 - 1) + b'N.')
load(HEAD + frame(2**62) + b'N.')
load(HEAD + frame(4) + b'\x95abc' + b' ' * 30)
load(HEAD + frame(10) + frame(5) + b'abcdefghijk')
for code in (b'\x96', b'\x8e', b'\x8d'):
    for n in (2**63, 1000) if code == b'\x96' else (2**63, 2**63 - 1, 2**62, 1000):
        load(HEAD + code + struct.pack('<Q', n) + b'abc.')
        load(HEAD + frame(12) + code + struct.pack('<Q', n) + b'abc.' + b' ' * 10)
load(HEAD + b'B' + struct.pack('<I', 1000) + b'abc.')
load(b'U\xffabc.')
