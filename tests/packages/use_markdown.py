import markdown
src = """# Head *em* `code`

Para with **bold** & <b>raw</b> [link](http://x "t") ![img](i.png) <http://auto>

* a
* b
    1. c

> quote
> more

    code block <x>

| a | b |
|---|:-:|
| 1 | 2 |

Term
: Definition

Note[^1].

[^1]: Foot.

```python
x = 1
```
"""
print(markdown.markdown(src))
print(markdown.markdown(src, extensions=["extra", "toc", "sane_lists"]))
