"""Sudoku by constraint propagation and search: strings, dicts and sets of cells."""

DIGITS = '123456789'
ROWS = 'ABCDEFGHI'


def cross(a, b):
    return [x + y for x in a for y in b]


CELLS = cross(ROWS, DIGITS)
UNITLIST = ([cross(ROWS, c) for c in DIGITS] + [cross(r, DIGITS) for r in ROWS]
            + [cross(rs, cs) for rs in ('ABC', 'DEF', 'GHI') for cs in ('123', '456', '789')])
UNITS = {s: [u for u in UNITLIST if s in u] for s in CELLS}
PEERS = {s: set(sum(UNITS[s], [])) - {s} for s in CELLS}


def parse(grid):
    values = dict.fromkeys(CELLS, DIGITS)
    for cell, digit in zip(CELLS, grid):
        if digit in DIGITS and not assign(values, cell, digit):
            return None
    return values


def assign(values, cell, digit):
    others = values[cell].replace(digit, '')
    return values if all(eliminate(values, cell, d) for d in others) else None


def eliminate(values, cell, digit):
    if digit not in values[cell]:
        return values
    values[cell] = values[cell].replace(digit, '')
    if not values[cell]:
        return None
    if len(values[cell]) == 1:
        last = values[cell]
        if not all(eliminate(values, peer, last) for peer in sorted(PEERS[cell])):
            return None
    for unit in UNITS[cell]:
        places = [s for s in unit if digit in values[s]]
        if not places:
            return None
        if len(places) == 1 and not assign(values, places[0], digit):
            return None
    return values


def search(values):
    if values is None:
        return None
    if all(len(values[s]) == 1 for s in CELLS):
        return values
    _, cell = min((len(values[s]), s) for s in CELLS if len(values[s]) > 1)
    for digit in values[cell]:
        found = search(assign(values.copy(), cell, digit))
        if found:
            return found
    return None


PUZZLES = [
    '4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......',
    '52...6.........7.13...........4..8..6......5...........418.........3..2...87.....',
    '6.....8.3.4.7.................5.4.7.3..2.....1.6.......2.....5.....8.6......1....',
    '..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9'[:54] + '.' * 27,
]


def run(n):
    out = []
    for _ in range(n):
        for puzzle in PUZZLES:
            values = search(parse(puzzle))
            out.append(''.join(values[s] for s in CELLS))
    return [sum(int(d) * i * i for i, d in enumerate(line)) for line in out[:4]], out[0][:20]


print(run(24))
