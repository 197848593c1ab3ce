"""Digests, and what the hash modules refuse."""
import hashlib, hmac, warnings, sys, _hashlib, _md5, _sha1, _sha2, _sha3, _blake2, _hmac
warnings.simplefilter('always')
warnings.showwarning = lambda m, c, f, l, *a: print('  warning', c.__name__, m)
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        if hasattr(r, 'hexdigest'):
            try: r = (repr(r).split(' at 0x')[0].split(' @ 0x')[0], r.name, r.digest_size, r.block_size, r.hexdigest())
            except TypeError: r = (repr(r).split(' at 0x')[0].split(' @ 0x')[0], r.name, r.digest_size, r.block_size, r.hexdigest(20))
        print(repr(r)[:300])
    except Exception as e: print(type(e).__module__, type(e).__name__, str(e).split(' at 0x')[0])
mods = (hashlib.md5, _md5.md5, _sha1.sha1, _sha2.sha224, _sha2.sha256, _sha2.sha384, _sha2.sha512, _sha3.sha3_224, _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512, _sha3.shake_128, _sha3.shake_256, _blake2.blake2b, _blake2.blake2s, hashlib.sha256, hashlib.sha3_256, hashlib.shake_128)
for m in mods:
    print(m.__name__)
    t(m); t(m, b'abc'); t(m, 'abc'); t(m, 5); t(m, None); t(m, b'a', b'b'); t(m, data=b'abc'); t(m, string=b'abc'); t(m, b'a', string=b'abc'); t(m, b'a', usedforsecurity=False); t(m, b'a', foo=1); t(m, memoryview(b'abcdef')[::2]); t(m, memoryview(b'abcd').cast('B', (2, 2))); t(m, bytearray(b'xyz')); t(m, string='abc'); t(m, data='abc')
    h = m(b'abc'); t(h.update); t(h.update, 'a'); t(h.update, 5); t(h.update, b'def'); t(lambda: h); c = h.copy(); c.update(b'x'); t(lambda: h); t(lambda: c); t(setattr, h, 'name', 'x'); t(setattr, h, 'digest_size', 1); t(setattr, h, 'block_size', 1); t(setattr, h, 'foo', 1)
    t(type(h).__name__ and type(h)) if 'HASH' in type(h).__name__ or m.__name__ in ('md5', 'sha256') else None
    for n in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 135, 136, 143, 144, 167, 168, 200, 1000, 5000, 70000):
        d = bytes(i * 7 & 255 for i in range(n))
        h = m(d); g = m()
        for i in range(0, n, 97): g.update(d[i:i + 97])
        a, b = (x.hexdigest(33) if 'shake' in m.__name__ else x.hexdigest() for x in (h, g))
        print(n, a if a == b else 'differs')
for f in (hashlib.new, _hashlib.new):
    t(f, 'md5'); t(f, 'MD5', b'a'); t(f, 'sha512_256', b'a'); t(f, 'sha512-256', b'a'); t(f, 'SHA512/256', b'a'); t(f, 'sha3-256', b'a'); t(f, 'ripemd160', b'a'); t(f, 'sm3', b'a'); t(f, 'md5-sha1', b'a'); t(f, 'blake2b512', b'a'); t(f, 'blake2b', b'a'); t(f, 'blake2s', b'a'); t(f, 'nope'); t(f, 5); t(f, 'sha256', data=b'a'); t(f, 'sha256', string=b'a'); t(f, 'sha256', b'a', usedforsecurity=False); t(f, 'shake_128', b'a'); t(f, 'sha1', 'a'); t(f, 'shake128', b'a'); t(f); t(f, 'a\0b'); t(f, 'sha224'); t(f, 'whirlpool'); t(f, 'md4')
for s in (hashlib.shake_128(b'a'), _sha3.shake_256(b'a')):
    t(s.digest); t(s.digest, -1); t(s.digest, 0); t(s.hexdigest, 0); t(s.digest, length=5); t(s.digest, 'a'); t(s.digest, 2**70); t(s.hexdigest, -1)
b2 = hashlib.blake2b; s2 = hashlib.blake2s
for B in (b2, s2):
    for k in ({'digest_size': 0}, {'digest_size': 65}, {'digest_size': 1}, {'digest_size': 20}, {'key': b'k' * 65}, {'key': b'k' * 32}, {'key': b''}, {'salt': b's' * 17}, {'salt': b's' * 8}, {'person': b'p' * 17}, {'person': b'p' * 5}, {'fanout': 256}, {'fanout': -1}, {'fanout': 2}, {'depth': 0}, {'depth': 256}, {'depth': 2},
      {'leaf_size': 2**32}, {'leaf_size': -1}, {'leaf_size': 2**31}, {'node_offset': 2**64}, {'node_offset': -1}, {'node_offset': 2**40}, {'node_offset': 2**63 + 5}, {'node_offset': 2**48}, {'node_depth': 256}, {'node_depth': 3}, {'inner_size': 65}, {'inner_size': 10}, {'last_node': True}, {'digest_size': 'a'}, {'key': 'a'}, {'salt': 5}, {'leaf_size': 'x'}, {'foo': 1}, {'fanout': 2, 'depth': 2, 'leaf_size': 100, 'node_offset': 1, 'node_depth': 1, 'inner_size': 32, 'last_node': True, 'key': b'abc', 'salt': b'sss', 'person': b'ppp', 'digest_size': 17}):
        print(k); t(B, b'data' * 50, **k)
k = b'key'
for dm in ('md5', 'sha1', 'sha256', hashlib.sha256, hashlib.sha512, 'sha3_256', 'nope', None, 5, hashlib.blake2b, 'shake_128', hashlib.shake_128, _sha2.sha256, hashlib.md5, lambda d=b'': hashlib.sha1(d), 'SHA256', 'sha512_256', 'ripemd160', 'HMAC', 'sha3-256'):
    print(str(dm).split(' at 0x')[0]); t(hmac.new, k, b'msg', dm); t(_hmac.new, k, b'msg', dm); t(_hashlib.hmac_new, k, b'msg', dm); t(hmac.digest, k, b'msg', dm); t(_hmac.compute_digest, k, b'msg', dm); t(_hashlib.hmac_digest, k, b'msg', dm)
for f in (hmac.new, _hmac.new, _hashlib.hmac_new):
    t(f, 'a', b'b', 'md5'); t(f, k, 'b', 'md5'); t(f, k, None, 'md5'); t(f, 5, None, 'md5'); t(f, k, 5, 'md5'); t(f, b'k' * 200, b'b', 'md5'); t(f); t(f, k)
    h = f(k, b'a', 'md5'); h.update(b'b'); c = h.copy(); c.update(b'c'); t(lambda: h); t(c.digest); t(h.update, 'a'); t(h.update, 5); t(h.update, msg=b'a'); t(setattr, h, 'x', 1); t(h.digest); print(type(h))
for f in (_hmac.compute_md5, _hmac.compute_sha256, _hmac.compute_sha3_512, _hmac.compute_blake2b_32, _hmac.compute_blake2s_32): t(f, k, b'msg'); t(f, 'a', b'a'); t(f, k, 'a'); t(f, k)
pb = hashlib.pbkdf2_hmac
t(pb, 'sha256', b'p', b's', 10); t(pb, 'sha1', b'p', b's', 2, 50); t(pb, 'nope', b'p', b's', 1); t(pb, 'sha1', 'p', b's', 1); t(pb, 'sha1', b'p', 's', 1); t(pb, 'sha1', b'p', b's', 0); t(pb, 'sha1', b'p', b's', -1); t(pb, 'sha1', b'p', b's', 1, 0); t(pb, 'sha1', b'p', b's', 1, -1); t(pb, b'sha1', b'p', b's', 1); t(pb, 'sha1', b'p', b's', 'x'); t(pb, 'sha1', b'p', b's', 1, 'x'); t(pb, 'sha512', password=b'p', salt=b's', iterations=3, dklen=None); t(pb, 'sha1', b'p', b's', 2**31); t(pb); t(pb, 'sha1', b'p', b's', 1, 2**31); t(pb, 'sha3_256', b'p', b's', 3); t(pb, 'shake_128', b'p', b's', 3); t(pb, 'sha512_256', b'p', b's', 3); t(pb, 'sha1', b'p', b's', 2**70); t(pb, 'md5', b'', b'', 1)
sc = hashlib.scrypt
t(sc, b'p', salt=b's', n=16, r=8, p=1); t(sc, b'p', salt=b's', n=2, r=1, p=1, dklen=10); t(sc, b'p', salt=b's', n=3, r=8, p=1); t(sc, b'p', salt=b's', n=1, r=8, p=1); t(sc, b'p', salt=b's', n=0, r=8, p=1); t(sc, b'p', salt=b's', n=16, r=0, p=1); t(sc, b'p', salt=b's', n=16, r=8, p=0); t(sc, b'p', salt=b's', n=16, r=8, p=1, maxmem=-1); t(sc, b'p', salt=b's', n=16, r=8, p=1, maxmem=2**31); t(sc, b'p', salt=b's', n=16, r=8, p=1, dklen=0); t(sc, b'p', salt=b's', n=16, r=8, p=1, dklen=2**31); t(sc, 'p', salt=b's', n=16, r=8, p=1); t(sc, b'p', salt='s', n=16, r=8, p=1); t(sc, b'p', salt=b's', n=2**20, r=8, p=1); t(sc, b'p', salt=b's', n=-16, r=8, p=1); t(sc, b'p', salt=b's', n='a', r=8, p=1); t(sc, b'p', salt=b's', n=16, r=8, p=1, maxmem=1000); t(sc, b'p', salt=b's', n=2, r='x', p=1)
for cd in (hmac.compare_digest, _hashlib.compare_digest):
    t(cd, 'a', 'a'); t(cd, 'a', 'b'); t(cd, b'a', b'a'); t(cd, b'a', 'a'); t(cd, 'é', 'é'); t(cd, 5, 5); t(cd, b'a', bytearray(b'a')); t(cd, b'a', b'ab')
print(sorted(hashlib.algorithms_available), sorted(hashlib.algorithms_guaranteed), _hashlib.get_fips_mode(), sorted(_hashlib.openssl_md_meth_names), len(_hashlib._constructors))
print(hashlib.md5 is _hashlib.openssl_md5, hashlib.blake2b, hashlib.sha3_256)
for T in (_hashlib.HASH, _hashlib.HASHXOF, _hashlib.HMAC, _hmac.HMAC, _md5.MD5Type, _sha3.sha3_256): t(T); t(type, 'X', (T,), {})
import io; t(hashlib.file_digest, io.BytesIO(b'abc'), 'sha256'); t(hashlib.file_digest, io.BytesIO(b'abc'), hashlib.md5)
import pickle, copy
t(pickle.dumps, hashlib.md5()); t(copy.copy, hashlib.md5()); t(pickle.dumps, _md5.md5())
