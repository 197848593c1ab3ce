"""struct, bytes, bytearray, memoryview: records packed and parsed, run-length and base-64 coding, hex dumps."""
import struct
from array import array


def pack(count):
    record = struct.Struct('<IHhd8s')
    out = bytearray()
    for i in range(count):
        out += record.pack(i, i & 0xFFFF, -(i % 1000), i / 3, b'rec%05d' % (i % 100_000))
    return bytes(out), record


def unpack(data, record):
    total = 0.0
    for number, low, negative, value, name in record.iter_unpack(data):
        total += number - low + negative + value + name[-1]
    view = memoryview(data)
    for start in range(0, len(view), record.size * 4):
        number, low = struct.unpack_from('<IH', view, start)
        total += number ^ low
    return total


def run_lengths(data):
    out = bytearray()
    i = 0
    while i < len(data):
        j = i + 1
        while j < len(data) and data[j] == data[i] and j - i < 255:
            j += 1
        out.append(j - i)
        out.append(data[i])
        i = j
    return bytes(out)


def expand(data):
    return b''.join(bytes([data[i + 1]]) * data[i] for i in range(0, len(data), 2))


ALPHABET = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'


def base64(data):
    out = bytearray()
    for i in range(0, len(data) - 2, 3):
        n = data[i] << 16 | data[i + 1] << 8 | data[i + 2]
        out += bytes((ALPHABET[n >> 18], ALPHABET[n >> 12 & 63], ALPHABET[n >> 6 & 63], ALPHABET[n & 63]))
    return bytes(out)


def dump(data):
    lines = []
    for start in range(0, len(data), 16):
        chunk = data[start:start + 16]
        shown = ''.join(chr(c) if 32 <= c < 127 else '.' for c in chunk)
        lines.append(f'{start:08x}  {chunk.hex(" ")}  {shown}')
    return lines


def run(n):
    data, record = pack(n)
    total = unpack(data, record)
    part = data[: n * 6]
    coded = run_lengths(part)
    assert expand(coded) == part
    text = base64(part)
    lines = dump(part)
    numbers = array('I', part[: len(part) // 4 * 4])
    numbers.byteswap()
    fields = data[: n * 8].replace(b'rec', b'R,').split(b',')
    upper = sum(int.from_bytes(f[:3], 'big') for f in fields)
    return round(total, 3), len(coded), text[-8:], lines[-1], sum(numbers) % 65521, upper, part.hex()[-8:], data.find(b'00777'), data.count(b'\0\0')


print(run(150_000))
