from inspect import signature, Parameter as P, Signature as S
def f(a, /, b, c=3, *args, d, e=5, **kw): pass
s = signature(f)
b = s.bind(1, 2, d=4, z=9); print(b, b.args, b.kwargs, b.arguments); b.apply_defaults(); print(b.arguments)
for a, k in (((), {}), ((1,), {}), ((1, 2), {}), ((1, 2), {"a": 1, "d": 1}), ((1, 2, 3, 4, 5), {"d": 1}), ((1, 2), {"b": 3, "d": 1})):
    try: print(s.bind(*a, **k).arguments)
    except TypeError as e: print(e)
for g, a, k in ((lambda: 0, (1,), {}), (lambda x: 0, (), {"y": 1}), (lambda x, /: 0, (), {"x": 1}), (lambda *, k: 0, (1,), {"k": 1}), (lambda x=1, *a: 0, (), {}), (lambda x, y: 0, (1, 2, 3), {})):
    try: print(signature(g).bind(*a, **k))
    except TypeError as e: print(e)
print(s.bind_partial(), s.bind_partial(1, e=2).arguments)
for mk in (lambda: S([P("a", P.KEYWORD_ONLY), P("b", P.POSITIONAL_ONLY)]), lambda: S([P("a", P.POSITIONAL_OR_KEYWORD), P("a", P.POSITIONAL_OR_KEYWORD)]), lambda: S([P("a", P.POSITIONAL_ONLY, default=1), P("b", P.POSITIONAL_ONLY)]), lambda: P("1a", P.KEYWORD_ONLY), lambda: P("def", P.KEYWORD_ONLY), lambda: P("a", 77), lambda: P("a", P.VAR_POSITIONAL, default=1), lambda: P(5, P.VAR_KEYWORD), lambda: S([P("a", P.VAR_KEYWORD), P("b", P.VAR_KEYWORD)])):
    try: print(mk())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(P("x", P.KEYWORD_ONLY, default=[1], annotation=int), P("x", P.VAR_POSITIONAL).replace(name="y"), S([P("q", P.POSITIONAL_ONLY), P("r", P.KEYWORD_ONLY)], return_annotation=None))
