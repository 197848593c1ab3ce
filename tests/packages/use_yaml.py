import datetime, yaml
text = """
a: 1
b: [1, 2.5, true, null, ~, 'x', "y\\n"]
c: &anchor {k: v}
d: *anchor
e: |
  block
   text
f: >-
  folded
  text
g: 2001-12-14t21:59:43.10-05:00
h: !!set {p, q}
i: 0o14
j: 1_000
<<: {m: merged}
"""
d = yaml.safe_load(text)
for k, v in d.items():
    print(k, repr(v))
print(yaml.dump(d, default_flow_style=False))
print(yaml.safe_dump({"s": "multi\nline", "n": None, "f": 1e10, "t": datetime.date(2020, 1, 2), "u": "é☃"}, allow_unicode=True, sort_keys=False))
print([type(t).__name__ for t in yaml.scan("a: [1, b]")])
print(list(yaml.safe_load_all("---\na\n---\n- b\n...\n")))
for bad in ("a: [1", "a: b: c", "%YAML 3", "!!python/object:os.system x", "&x *y"):
    try:
        print(yaml.safe_load(bad))
    except yaml.YAMLError as e:
        print(type(e).__name__, str(e).replace("\n", " | "))
