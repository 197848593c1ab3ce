"""struct: all letters, byte orders, counts and kinds of buffers, with values that fit and that do not."""
import struct

state = 7


def rand(n):
    global state
    state = (state * 1103515245 + 12345) % (1 << 31)
    return (state >> 8) % n


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


INTS = [0, 1, -1, 127, 128, 255, 256, -128, -129, 2**15, 2**16 - 1, 2**16, -(2**15), 2**31 - 1, 2**31, 2**32 - 1, 2**32, -(2**31), 2**53, -(2**53) - 1, 2**63 - 1, 2**63, -(2**63), 2**64 - 1, 2**64, True, Index(77)]
FLOATS = [0.0, -0.0, 1.5, -2.25, 1e-320, 65504.0, 65520.0, 3.4e38, 3.5e38, 1e308, float('inf'), float('nan'), 7, 2**70, True]
results = []


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


for letter in 'bBhHiIlLqQnNP?efdFD':
    for order in '@=<>':
        values = INTS if letter in 'bBhHiIlLqQnNP?' else FLOATS
        line = []
        for value in values:
            packed = attempt(struct.pack, order + letter, value)
            line.append(packed.hex() if isinstance(packed, bytes) else packed)
            if isinstance(packed, bytes):
                line.append(repr(struct.unpack(order + letter, packed)))
        print(order + letter, line)

for _ in range(150):
    form = '@=<>'[rand(4)]
    values = []
    for _ in range(rand(5) + 1):
        letter = 'bBhHiIqQdfscpx?'[rand(15)]
        count = rand(4)
        form += f'{count or ""}{letter}'
        count = count or 1
        if letter in 'sp':
            values.append(b'some bytes'[: rand(10)])
        elif letter == 'c':
            values.extend([b'c'] * count)
        elif letter in 'df':
            values.extend(rand(100) / 8 - 3 for _ in range(count))
        elif letter != 'x':
            values.extend(rand(128) for _ in range(count))
    packed = struct.pack(form, *values)
    array = bytearray(b'\xee' * (len(packed) + 7))
    struct.pack_into(form, array, 3, *values)
    struct.pack_into(form, memoryview(array)[2:], -len(packed) - 2, *values) if packed else None
    print(form, packed.hex(), array.hex(), struct.unpack(form, packed), struct.unpack_from(form, memoryview(array)[1:], 2) == struct.unpack_from(form, bytes(array), 3))
    if packed:
        print(list(struct.iter_unpack(form, memoryview(b'x' + packed * 3)[1:])) == [struct.unpack(form, packed)] * 3)

# what fails midway has written zeros
array = bytearray(b'\xee' * 12)
print(attempt(struct.pack_into, '<HHHx', array, 2, 1, 'no', 3), array)
print(attempt(struct.pack_into, '<40sH', array * 4, 2, b'ab', 'no'))
for args in (('<I', b'abc'), ('<I', b'abcde'), ('<I', 5), ('<I', 'text')):
    print(attempt(struct.unpack, *args), attempt(struct.unpack_from, *args), attempt(lambda: list(struct.iter_unpack(*args))))
for at in (-5, -4, -3, 0, 1, 2, 10**30, 'x'):
    print(at, attempt(struct.unpack_from, '<I', b'abcde', at), attempt(struct.unpack_from, '<I', bytearray(b'abcde'), at), attempt(struct.pack_into, '<I', bytearray(5), at, 1))
print(attempt(struct.pack_into, '<I', b'abcd', 0, 1), attempt(struct.pack_into, '<I', memoryview(b'abcd'), 0, 1))
many = list(range(-300, 300))
print(struct.unpack('>600h', struct.pack('>600h', *many)) == tuple(many))
