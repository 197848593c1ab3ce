from wcwidth import wcswidth, wcwidth, list_versions
for s in ("abc", "コンニチハ", "e\u0301", "\u200d", "\x1b", "😀é", "한글"): print(repr(s), wcswidth(s), [wcwidth(c) for c in s])
print(list_versions()[-1])
