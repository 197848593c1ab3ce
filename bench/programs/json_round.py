"""json.dumps and json.loads of nested records, plain, indented and with sorted keys."""
import json


def record(i):
    return {
        'id': i,
        'name': f'user {i}',
        'tags': ['a', 'b"q"', 'line\nbreak', '\u00e9t\u00e9', None, True, False],
        'score': i / 7,
        'address': {'street': 'Main street %d' % i, 'zip': str(10000 + i), 'geo': [i * 0.5, -i * 0.25]},
        'history': [{'at': k, 'delta': k * 1.5} for k in range(i % 5)],
    }


def run(n):
    data = [record(i) for i in range(n)]
    plain = json.dumps(data)
    back = json.loads(plain)
    assert back == data
    pretty = json.dumps(data[: n // 4], indent=2, sort_keys=True)
    assert json.loads(pretty) == data[: n // 4]
    lines = '\n'.join(json.dumps(r, separators=(',', ':'), ensure_ascii=False) for r in data)
    total = sum(json.loads(line)['id'] for line in lines.split('\n') if line)
    return len(plain), len(pretty), len(lines), total


print([run(4000) for _ in range(8)])
