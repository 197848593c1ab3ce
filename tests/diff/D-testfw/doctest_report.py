import doctest, io, sys
def good(x):
    """
    >>> good(2)
    4
    >>> good("a")
    'aa'
    >>> good(None)
    Traceback (most recent call last):
      ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    >>> list(range(30)) # doctest: +ELLIPSIS
    [0, 1, ..., 29]
    >>> print("a   b") # doctest: +NORMALIZE_WHITESPACE
    a b
    """
    return x * 2
def bad():
    """
    >>> 1 + 1
    3
    >>> raise ValueError("x")
    >>> print("multi\\nline")
    multi
    other
    >>> for i in range(2):
    ...     print(i)
    0
    """
r = doctest.testmod(sys.modules["__main__"], report=True); print(r)
print(doctest.DocTestParser().get_examples(">>> 1\n1\n>>> x = (\n...  2)\n")[1].source, doctest.script_from_examples("text\n>>> 1\n1\n"))
c = doctest.OutputChecker(); print(c.check_output("a...c\n", "abc\n", doctest.ELLIPSIS), c.output_difference(doctest.Example("x", "a\nb\n"), "a\nc\n", doctest.REPORT_NDIFF))
