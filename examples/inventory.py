"""A small shop's stock: reads a file, groups, checks and reports.

Run it with `npm start`, or with any Python 3.14.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

LINE = re.compile(r"(?P<name>[^;]+);(?P<count>\d+);(?P<price>\d+\.\d\d);(?P<best_before>\d{4}-\d\d-\d\d|-)")


class StockError(ValueError):
    """A line of the stock file that cannot be read."""


@dataclass(order=True)
class Item:
    name: str
    count: int = field(compare=False)
    price: float = field(compare=False)
    best_before: date | None = field(default=None, compare=False)

    @property
    def value(self):
        return self.count * self.price

    @classmethod
    def parse(cls, line, number):
        match = LINE.fullmatch(line)
        if match is None:
            error = StockError(f"line {number}: {line!r}")
            error.add_note("expected NAME;COUNT;PRICE;YYYY-MM-DD or '-'")
            raise error
        day = match["best_before"]
        return cls(
            match["name"],
            int(match["count"]),
            float(match["price"]),
            None if day == "-" else date.fromisoformat(day),
        )


def read(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield Item.parse(line, number)


def shelf(item, today):
    match item:
        case Item(best_before=None):
            return "keeps"
        case Item(best_before=day) if day < today:
            return "spoilt"
        case Item(best_before=day) if day - today <= timedelta(days=7):
            return "sell soon"
        case _:
            return "fresh"


def report(items, today):
    shelves = defaultdict(list)
    for item in sorted(items):
        shelves[shelf(item, today)].append(item)
    for name, found in shelves.items():
        print(f"{name:<10} {sum(item.value for item in found):>10,.2f}")
        for item in found:
            print(f"  {item.name:<18}{item.count:>4} × {item.price:>6.2f}  {item.best_before or ''}")
    letters = Counter(letter for item in items for letter in item.name.lower() if letter.isalpha())
    print("letters:", ", ".join(f"{letter}={n}" for letter, n in letters.most_common(3)))
    return {name: [item.name for item in found] for name, found in shelves.items()}


def main():
    parser = argparse.ArgumentParser(description="Reports a shop's stock.")
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("stock.txt"))
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 3, 1))
    options = parser.parse_args()
    items = list(read(options.file))
    print(json.dumps(report(items, options.today), ensure_ascii=False, indent=2))
    try:
        Item.parse("pears;many;1.00;-", 99)
    except StockError as error:
        print("refused:", error, *error.__notes__, sep="\n  ")


if __name__ == "__main__":
    main()
