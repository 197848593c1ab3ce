import unicodedata, ast
ﬁ = 3
print(fi, 'fi' in globals(), 'ϕ'.isidentifier())
for bad in (lambda *a: None, lambda *a: 5, lambda *a: 1/0, lambda f, n: f + n):
    old = unicodedata.normalize
    unicodedata.normalize = bad
    try: print(ast.dump(ast.parse('ϕ')))
    except Exception as e: print(type(e).__name__, e)
    finally: unicodedata.normalize = old
try: compile('ϕ = 𝐍𝐨𝐧𝐞', '', 'exec')
except Exception as e: print(type(e).__name__, e)
