"""Attributes, methods, properties, slots, class methods, descriptors, __getattr__, dataclasses, comparisons."""
from dataclasses import dataclass
from functools import total_ordering


class Account:
    count = 0

    def __init__(self, owner, balance):
        self.owner = owner
        self._balance = balance
        self.log = 0
        Account.count += 1

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        self.log += 1
        self._balance = value

    @classmethod
    def opened(cls, owner):
        return cls(owner, 0)

    @staticmethod
    def fee(amount):
        return amount // 50

    def deposit(self, amount):
        self.balance += amount - self.fee(amount)
        return self


class Savings(Account):
    def deposit(self, amount):
        super().deposit(amount)
        self._balance += 1
        return self


class Point:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))


class Typed:
    def __set_name__(self, owner, name):
        self.name = '_' + name

    def __get__(self, instance, owner):
        return self if instance is None else instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = int(value)


class Config:
    width = Typed()
    height = Typed()

    def __init__(self, **values):
        for key, value in values.items():
            setattr(self, key, value)

    def __getattr__(self, name):
        return len(name)


@total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


@dataclass(order=True)
class Item:
    price: int
    name: str = 'thing'

    def __len__(self):
        return self.price

    def __getitem__(self, index):
        return self.price + index

    def __contains__(self, value):
        return value == self.price

    def __call__(self, times):
        return self.price * times

    def __bool__(self):
        return self.price > 3


def run(n):
    total = 0
    accounts = [Account('a', 10), Savings('b', 20), Account.opened('c'), Savings.opened('d')]
    point = Point(0, 0)
    config = Config(width=4, height='5', depth=6)
    versions = [Version(1, 2, 3), Version(1, 10), Version(1, 2, 4)]
    items = [Item(3), Item(4, 'pen'), Item(3, 'cap')]
    seen = set()
    for i in range(n):
        accounts[i & 3].deposit(100).deposit(i & 7)
        point = point.moved(1, i & 3)
        seen.add(Point(i & 15, i & 31))
        total += config.width + config.height + config.depth + config.unknown
        config.width = i & 7
        a, b = versions[i % 3], versions[i % 2]
        total += (a <= b) + (a > b) + (a == b)
        item = items[i % 3]
        total += len(item) + item[i & 7] + (i in item) + item(2) + (1 if item else 0) + (item < items[1])
        total += isinstance(item, Item) + hasattr(item, 'name') + getattr(item, 'price') + callable(item)
    return total, [a.balance for a in accounts], accounts[1].log, point.x, point.y, len(seen), Account.count


print(run(112_000))
