"""struct: packing and unpacking of records, one by one and in rows."""
import struct

header = struct.Struct('<4sHHIIQ')
point = struct.Struct('<3d')
total = 0
for i in range(240_000):
    data = header.pack(b'RIFF', i & 0xFFFF, 7, i, 0xFFFFFFFF, i * i)
    tag, a, b, c, d, e = header.unpack(data)
    total += a + c + e
rows = b''.join(point.pack(i, i / 2, -i) for i in range(20_000))
for _ in range(12):
    for x, y, z in point.iter_unpack(rows):
        total += x + y + z
buffer = bytearray(1 << 16)
for i in range(240_000):
    at = i * 8 & 0xFFF8
    struct.pack_into('>iI', buffer, at, -i, i)
    total += struct.unpack_from('>iI', buffer, at)[1]
shorts = struct.pack('>2000h', *range(2000))
for _ in range(800):
    total += sum(struct.unpack('>2000h', shorts))
print(total)
