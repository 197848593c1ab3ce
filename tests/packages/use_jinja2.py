import jinja2
env = jinja2.Environment(trim_blocks=True, autoescape=True, loader=jinja2.DictLoader({
    "base": "<h1>{% block t %}base{% endblock %}</h1>",
    "page": "{% extends 'base' %}{% block t %}{{ super() }}-{{ name|upper }}{% endblock %}",
    "mac": "{% macro f(x, y=2) %}{{ x * y }}{% endmacro %}{{ f(3) }} {{ f(3, y='<') }}"}))
print(env.get_template("page").render(name="<x>"))
print(env.get_template("mac").render())
print(env.from_string("{% for i in s if i is even %}{{ loop.index }}:{{ i }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}").render(s=range(9)))
print(env.from_string("{{ d|dictsort }} {{ l|groupby('a')|list }} {{ 'a b c'|title|replace(' ', '_') }} {{ 3.14159|round(2) }}").render(d={"b": 1, "a": 2}, l=[{"a": 1}, {"a": 2}, {"a": 1}]))
print(env.compile("{{ a.b[c] }}{% set z = [1, 2] %}{{ z|join('-') }}", raw=True))
for src in ("{% if x %}", "{{ 1 + }}", "{{ undefined_fn() }}", "{% include 'no' %}"):
    try:
        print(env.from_string(src).render())
    except jinja2.TemplateError as e:
        print(type(e).__name__, e)
