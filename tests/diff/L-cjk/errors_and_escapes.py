# Where a codec goes on is what an error handler says, if that is in the text.
import codecs
for n in (sys_max:=2**63, -2**63-1, 2**70, -2**70, 2**63-1, 100, -100):
    codecs.register_error('t', lambda e, n=n: ('x', n))
    for enc in ('gb2312','euc_jp','iso2022_jp'):
        for f in (lambda: 'a\uffff\ud800b'.encode(enc,'t'), lambda: b'a\xff\x80b'.decode(enc,'t')):
            try: print(f())
            except Exception as e: print(enc, n, type(e).__name__, e)

# HZ: what may follow a tilde depends on the mode.
for b in (b'~{Dc~~:C~}', b'~{Dc~\n:C~}', b'~{Dc~', b'~{Dc~x', b'~{Dc~{~}', b'~}x', b'~{\n:C', b'~{D\n', b'a~~b', b'~{~~'):
  for s in ('strict','replace'):
    try: print(b, b.decode('hz', s))
    except Exception as e: print(b, e)
