import binascii as b
print(sorted(n for n in dir(b) if not n.startswith("__")), b.Error.__mro__, b.Incomplete.__mro__)
def t(f, *a, **k):
    try: print(f.__name__, a, k, f(*a, **k))
    except Exception as e: print(f.__name__, a, k, type(e).__name__, e)
for s in (b"", b"YQ==", b"YQ=", b"YQ", b"Y", b"Y===", b"YQ==x", b"=YQ=", b"Y!Q==", b"YWJj", b"YWJj=", b"YW=Jj", b"YQ==YQ==", b"YQ== ", "YQ==", "é", b"=", b"==", b"YWI==", b"AAECAwQFBgc=", b"Y=Q=", b"Y=!", b"YWJjY=Y", b"YQ=Q=", 5): t(b.a2b_base64, s); t(b.a2b_base64, s, strict_mode=True)
for s in (b"", b"a", b"ab", b"abc", bytes(range(250, 256)) * 3): t(b.b2a_base64, s); t(b.b2a_base64, s, newline=False)
for s in (b"0", b"0g", b"aBfF", "ab", b"", "é"): t(b.a2b_hex, s); t(b.unhexlify, s)
t(b.b2a_hex, b"abcdef", "-"); t(b.b2a_hex, b"abcdefg", ":", 3); t(b.b2a_hex, b"abcdefg", ":", -3); t(b.b2a_hex, b"ab", b"::"); t(b.b2a_hex, b"ab", ":", 0); t(b.b2a_hex, "ab"); t(b.b2a_hex, 5)
t(b.crc32, b"abc"); t(b.crc32, b"abc", 5); t(b.crc32, b"", -1); t(b.crc_hqx, b"abc", 0); t(b.crc_hqx, b"abc", 65537); t(b.crc32, "x")
for s in (b"", b"abc", b"a" * 45, b"a" * 46, b"\0\0\0\1"): t(b.b2a_uu, s); t(b.b2a_uu, s, backtick=True)
for s in (b"#86)C\n", b" \n", b"", b"#86)", b"#8~\n", b"#86)Cx\n", b"`\n"): t(b.a2b_uu, s)
for s in (b"a=3Db", b"a=\nb", b"a=\r\nb", b"=zz", b"a_b=20", b"==", b"=3", b"x="): t(b.a2b_qp, s); t(b.a2b_qp, s, header=True)
for s in (b"a=b \n", b"a\tb\t", b"x" * 80, b".\n.", b"a b_c\xff\r\n", b"\n.x\r\n ", b"a" * 75 + b"=", b"a \r\nb", b"\0\x7f"): t(b.b2a_qp, s); t(b.b2a_qp, s, quotetabs=True); t(b.b2a_qp, s, header=True); t(b.b2a_qp, s, istext=False)
