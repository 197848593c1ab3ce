from itsdangerous import URLSafeSerializer, TimestampSigner, BadSignature, Signer
s = URLSafeSerializer("secret", salt="x"); t = s.dumps({"a": [1, 2], "é": None}); print(t, s.loads(t))
for bad in (t + "x", t[:-3], "a.b"):
    try: s.loads(bad)
    except BadSignature as e: print(type(e).__name__, e)
print(Signer("k").sign("v"), Signer("k", digest_method=__import__("hashlib").sha512).sign("v"), len(TimestampSigner("k").sign("v").split(b".")))
