"""json: nested records, long lists of numbers and texts, both ways."""
import json
import random

random.seed(12)
user = {
    'id': 1,
    'name': 'Ada',
    'tags': ['a', 'b"q"', 'line\nbreak', '\u00e9t\u00e9', None, True, False],
    'score': 1 / 7,
    'address': {'street': 'Main street 5', 'zip': '10000', 'geo': [52.5, 13.25]},
}
users = [dict(user, id=i, score=i / 7) for i in range(400)]
numbers = [random.randrange(1 << 40) for _ in range(2000)] + [random.random() for _ in range(2000)]
texts = {f'key {i}': 'some text ' * (i % 9) for i in range(1500)}
size = 0
for _ in range(60):
    for data in (users, numbers, texts):
        text = json.dumps(data)
        assert json.loads(text) == data
        size += len(text)
for _ in range(10):
    size += len(json.dumps(users, indent=2, sort_keys=True))
for _ in range(20_000):
    size += len(json.dumps(user)) + len(json.loads('{"a": [1, 2.5, "x", null], "b": {"c": true}}'))
print(size)
