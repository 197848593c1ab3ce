# As after_a_while.py, in a program that has put its own function in place of a built-in one.
import builtins


def turns(n):
    for _ in range(n):
        pass


def counted(*args):
    calls.append(args)
    return kept(*args)


calls = []
kept = builtins.sorted
builtins.sorted = counted
turns(9000)
print(calls)
builtins.sorted = kept
