import pyparsing as pp
integer = pp.Word(pp.nums).set_parse_action(lambda t: int(t[0]))
expr = pp.infix_notation(integer, [("-", 1, pp.OpAssoc.RIGHT), (pp.one_of("* /"), 2, pp.OpAssoc.LEFT), (pp.one_of("+ -"), 2, pp.OpAssoc.LEFT)])
print(expr.parse_string("1 + 2 * -3 - (4 - 5)").as_list())
kv = pp.Group(pp.Word(pp.alphas)("key") + pp.Suppress("=") + (pp.quoted_string | integer)("value"))
doc = pp.OneOrMore(kv)("items")
res = doc.parse_string("a=1 b='x' c=\"y\"")
print(res.dump())
print([t for t in pp.nested_expr().parse_string("(a (b c) (d))").as_list()])
for t, s, e in integer.scan_string("ab 12 c 345"):
    print(t, s, e)
try:
    doc.parse_string("a=1 b=", parse_all=True)
except pp.ParseException as e:
    print(e, e.loc, e.line)
    print(e.explain(depth=0))
print(pp.DelimitedList(integer).parse_string("1,2, 3").as_list() if hasattr(pp, "DelimitedList") else pp.delimited_list(integer).parse_string("1,2, 3").as_list())
