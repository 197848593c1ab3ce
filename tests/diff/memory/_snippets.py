"""Runs a text of snippets, each under its `### title` in a namespace of its own, and prints what they print."""
import gc
import sys
import weakref


class D:
    """Tells when it dies."""

    def __init__(self, name, *held):
        self.name = name
        self.held = held

    def __del__(self):
        print("-", self.name, end=" ")

    def __repr__(self):
        return f"D({self.name})"


class O:
    """A plain class."""


def run(text, **more):
    for part in text.split("### ")[1:]:
        title, source = part.split("\n", 1)
        print("###", title)
        namespace = {"gc": gc, "sys": sys, "weakref": weakref, "count": sys.getrefcount, "D": D, "O": O, **more}
        try:
            exec(compile(source, f"<{title}>", "exec"), namespace)
        except BaseException as e:
            print(type(e).__name__, e)
            e = None
        namespace.clear()
        gc.collect()
        print()
