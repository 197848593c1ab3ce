"""hashlib: long and short data with the algorithms that people use."""
import hashlib
import hmac

data = bytes(range(256)) * 4096
last = b''
for name in ('md5', 'sha1', 'sha256', 'sha512', 'sha3_256', 'blake2b', 'blake2s'):
    for _ in range(16):
        last = hashlib.new(name, data + last, usedforsecurity=False).digest()
for i in range(60_000):
    last = hashlib.sha256(last + b'%d' % i).digest()
h = hashlib.md5()
for i in range(200_000):
    h.update(b'a line of text\n')
for i in range(20_000):
    last = hmac.new(b'key', last, 'sha256').digest()
last += hashlib.pbkdf2_hmac('sha256', b'password', b'salt', 200_000)
print(h.hexdigest(), last.hex())
