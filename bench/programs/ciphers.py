"""Cryptography in plain Python: SHA-256, ChaCha20 and a CRC over ints of 32 bits."""
import struct

MASK = 0xFFFFFFFF


def primes(count):
    found = []
    n = 2
    while len(found) < count:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found


def fraction_bits(value, root):
    """The first 32 bits behind the point of the root-th root of value, exactly."""
    target = value << (32 * root)
    low, high = 0, 1 << 64
    while low + 1 < high:
        middle = (low + high) // 2
        if middle ** root <= target:
            low = middle
        else:
            high = middle
    return low & MASK


ROUND_CONSTANTS = [fraction_bits(p, 3) for p in primes(64)]
START = [fraction_bits(p, 2) for p in primes(8)]


def rotate_right(x, n):
    return ((x >> n) | (x << (32 - n))) & MASK


def sha256(data):
    padded = data + b'\x80' + bytes((55 - len(data)) % 64) + struct.pack('>Q', len(data) * 8)
    state = START[:]
    for start in range(0, len(padded), 64):
        w = list(struct.unpack('>16I', padded[start:start + 64]))
        for i in range(16, 64):
            a, b = w[i - 15], w[i - 2]
            s0 = rotate_right(a, 7) ^ rotate_right(a, 18) ^ (a >> 3)
            s1 = rotate_right(b, 17) ^ rotate_right(b, 19) ^ (b >> 10)
            w.append((w[i - 16] + s0 + w[i - 7] + s1) & MASK)
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            s1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)
            t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[i] + w[i]) & MASK
            s0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)
            t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK
            a, b, c, d, e, f, g, h = (t1 + t2) & MASK, a, b, c, (d + t1) & MASK, e, f, g
        state = [(x + y) & MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return struct.pack('>8I', *state).hex()


def quarter(x, a, b, c, d):
    x[a] = (x[a] + x[b]) & MASK
    t = x[d] ^ x[a]
    x[d] = ((t << 16) & MASK) | (t >> 16)
    x[c] = (x[c] + x[d]) & MASK
    t = x[b] ^ x[c]
    x[b] = ((t << 12) & MASK) | (t >> 20)
    x[a] = (x[a] + x[b]) & MASK
    t = x[d] ^ x[a]
    x[d] = ((t << 8) & MASK) | (t >> 24)
    x[c] = (x[c] + x[d]) & MASK
    t = x[b] ^ x[c]
    x[b] = ((t << 7) & MASK) | (t >> 25)


def chacha_block(key, counter, nonce):
    state = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *key, counter, *nonce]
    x = state[:]
    for _ in range(10):
        quarter(x, 0, 4, 8, 12)
        quarter(x, 1, 5, 9, 13)
        quarter(x, 2, 6, 10, 14)
        quarter(x, 3, 7, 11, 15)
        quarter(x, 0, 5, 10, 15)
        quarter(x, 1, 6, 11, 12)
        quarter(x, 2, 7, 8, 13)
        quarter(x, 3, 4, 9, 14)
    return struct.pack('<16I', *((a + b) & MASK for a, b in zip(x, state)))


def chacha(data, key, nonce):
    out = bytearray()
    for i in range(0, len(data), 64):
        block = chacha_block(key, i // 64 + 1, nonce)
        out += bytes(a ^ b for a, b in zip(data[i:i + 64], block))
    return bytes(out)


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ 0xEDB88320 if n & 1 else n >> 1
        table.append(n)
    return table


def crc(data, table):
    value = MASK
    for byte in data:
        value = table[(value ^ byte) & 255] ^ (value >> 8)
    return value ^ MASK


def run(n):
    data = bytes(i * i % 251 for i in range(n))
    key = struct.unpack('<8I', bytes(range(32)))
    nonce = struct.unpack('<3I', bytes(12))
    secret = chacha(data, key, nonce)
    assert chacha(secret, key, nonce) == data
    return sha256(data), sha256(b'abc')[:8], secret[:8].hex(), hex(crc(secret, crc_table()))


print(run(110_000))
