"""A template engine that compiles to Python source with exec(), then renders pages of HTML."""
import re
from html import escape


class Template:
    def __init__(self, text):
        lines = ['def render(context):', '    out = []', '    put = out.append']
        indent = 1
        for part in re.split(r'(\{\{.*?\}\}|\{%.*?%\})', text):
            if part.startswith('{{'):
                name, *filters = part[2:-2].strip().split('|')
                code = self.lookup(name)
                for f in filters:
                    code = f'FILTERS[{f!r}]({code})'
                lines.append('    ' * indent + f'put(escape(str({code})))')
            elif part.startswith('{%'):
                words = part[2:-2].split()
                if words[0] == 'for':
                    lines.append('    ' * indent + f'for {words[1]} in {self.lookup(words[3])}:')
                    lines.append('    ' * (indent + 1) + f'context[{words[1]!r}] = {words[1]}')
                    indent += 1
                elif words[0] == 'if':
                    lines.append('    ' * indent + f'if {self.lookup(words[1])}:')
                    indent += 1
                else:
                    indent -= 1
            elif part:
                lines.append('    ' * indent + f'put({part!r})')
        lines.append("    return ''.join(out)")
        self.source = '\n'.join(lines)
        scope = {'escape': escape, 'FILTERS': FILTERS, 'resolve': resolve}
        exec(compile(self.source, '<template>', 'exec'), scope)
        self.render = scope['render']

    def lookup(self, path):
        first, *rest = path.split('.')
        code = f'context[{first!r}]'
        return f'resolve({code}, {tuple(rest)!r})' if rest else code


def resolve(value, names):
    for name in names:
        try:
            value = getattr(value, name)
        except AttributeError:
            value = value[name]
        if callable(value):
            value = value()
    return value


FILTERS = {'upper': str.upper, 'title': lambda s: str(s).title(), 'money': lambda x: f'{x:,.2f}', 'len': len}

PAGE = '''<html><head><title>{{ title|upper }}</title></head><body>
<h1>{{ title|title }}</h1>{% if user.admin %}<b>Admin {{ user.name }}</b>{% end %}
<table>{% for row in rows %}<tr class="{{ row.kind }}"><td>{{ row.name.upper }}</td><td>{{ row.price|money }}</td>
<td>{% for tag in row.tags %}<i>{{ tag }}</i>{% end %}</td></tr>
{% end %}</table><p>{{ rows|len }} rows &amp; more</p></body></html>
'''


class User:
    def __init__(self, name, admin):
        self.name = name
        self.admin = admin


def run(n):
    template = Template(PAGE)
    total = 0
    for i in range(n):
        rows = [{'kind': 'odd' if k % 2 else 'even', 'name': f'<thing {k}>', 'price': k * 1234.5, 'tags': ['a', 'b&c'][: k % 3]}
                for k in range(30)]
        html = template.render({'title': f'page {i}', 'user': User('Zoë', i % 2 == 0), 'rows': rows})
        total += len(html) + html.count('&lt;')
    for _ in range(n // 30):
        total += len(Template(PAGE).source)
    return total


print(run(4000))
