"""Nothing to decode asks no codec; a damaged bz2 block that ends early is one that ends early."""
import bz2

for decode in (
    lambda: b''.decode('idna', 'backslashreplace'), lambda: b''.decode('nonsense'), lambda: bytearray().decode('idna', 'x'),
    lambda: str(b'', 'nonsense'), lambda: str(memoryview(b''), 'nonsense'), lambda: b'x'.decode('nonsense'),
    lambda: ''.encode('idna', 'x'), lambda: bz2.decompress(b'BZh91AY&SY\x91\tE\x91\x80@\x00\x02\x02\x8c@ \x00T\x00T'),
):
    try:
        print(repr(decode()))
    except (LookupError, UnicodeError, ValueError) as e:
        print(repr(e))
