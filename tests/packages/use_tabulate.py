from tabulate import tabulate, tabulate_formats
rows = [["Sun", 696000, 1989100000.5], ["Earth", 6371, 5973.6], ["é☃", None, -1]]
for fmt in ("plain", "simple", "grid", "pipe", "html", "latex", "rst", "github", "fancy_grid", "tsv", "orgtbl"):
    print(fmt); print(tabulate(rows, headers=["n", "R", "mass"], tablefmt=fmt))
print(tabulate({"a": [1, 2], "b": ["x\ny", "z"]}, headers="keys", showindex=True, numalign="center"))
print(tabulate([[1.5], [22.333]], floatfmt=".2f"), tabulate([], headers=["a"]), sorted(tabulate_formats)[:4])
