"""Nothing to decode asks no codec; bz2 blocks that say to be randomised."""
import bz2

packed = bz2.compress(b'some text ' * 20)
randomised = packed[:14] + bytes([packed[14] | 0x80]) + packed[15:]
for decode in (
    lambda: b''.decode('idna', 'backslashreplace'), lambda: b''.decode('nonsense'), lambda: bytearray().decode('idna', 'x'),
    lambda: str(b'', 'nonsense'), lambda: str(memoryview(b''), 'nonsense'), lambda: b'x'.decode('nonsense'),
    lambda: ''.encode('idna', 'x'), lambda: bz2.decompress(b'BZh91AY&SY\x91\tE\x91\x80@\x00\x02\x02\x8c@ \x00T\x00T'),
    lambda: bz2.decompress(randomised),
):
    try:
        print(repr(decode()))
    except (LookupError, UnicodeError, ValueError) as e:
        print(repr(e))
