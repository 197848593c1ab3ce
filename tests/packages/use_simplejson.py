import decimal
import simplejson as json
print(json.dumps({"a": [1, 2.5, None, True, "é\u2028"], "d": decimal.Decimal("1.10")}, sort_keys=True))
print(json.dumps({1: 2, "b": {"c": [[], {}]}}, indent=2))
print(json.loads('{"a": 1.1, "b": [1e5, "\\ud83d\\ude00"]}', use_decimal=True))
print(json.dumps([float("inf")], ignore_nan=True), json.dumps("</script>", cls=json.JSONEncoderForHTML))
for bad in ('{"a":}', "[1,]", '"\\x"', "nul", '{"a" 1}', "[1] x"):
    try:
        print(json.loads(bad))
    except json.JSONDecodeError as e:
        print(e, e.pos, e.lineno, e.colno)
print(json.dumps({"z": 1, "a": 2}, item_sort_key=json.simple_first), json.dumps((1, 2), tuple_as_array=True))
