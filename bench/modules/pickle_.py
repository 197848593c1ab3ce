"""pickle: dicts, lists, instances and texts, both ways."""
import datetime
import pickle


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


data = [
    {
        'ads_flags': 0,
        'age': 18,
        'birthday': datetime.date(1980, 5, 7),
        'bulletin_count': 0,
        'comment_count': 0,
        'country': 'BR',
        'encrypted_id': 'G9urXXAJwjE',
        'favorite_count': 9,
        'first_name': '',
        'flags': 412317970704,
        'tags': ('x', 'y', 3.5, None, True),
        'n': i,
    }
    for i in range(300)
]
lists = [list(range(i, i + 10)) for i in range(2000)]
points = [Point(i, i / 3) for i in range(3000)]
size = 0
for _ in range(60):
    for value in (data, lists, points):
        text = pickle.dumps(value)
        size += len(text) + len(pickle.loads(text))
small = {'a': 1, 'b': [1, 2, 3], 'c': 'text'}
for _ in range(80_000):
    size += len(pickle.loads(pickle.dumps(small)))
print(size)
