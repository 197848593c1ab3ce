from mako.template import Template
from mako.lookup import TemplateLookup
from mako import exceptions
lookup = TemplateLookup()
lookup.put_string("base.html", "<html>${self.body()}<%block name='foot'>base foot</%block></html>")
lookup.put_string("page.html", "<%inherit file='base.html'/>\n<%! import math %>\n% for i in items:\n${loop.index}: ${i | h} ${math.sqrt(4)}\n% endfor\n<%def name='f(x)'>[${x}]</%def>${f(3)}<%block name='foot'>mine</%block>")
print(lookup.get_template("page.html").render(items=["<a>", "b&"]))
print(Template("hello ${name.upper()} <% x = 3 %>${x}").render(name="w"))
print(Template("a\n% if x:\nyes\n% else:\nno\n% endif\n## comment\n<%text>${raw}</%text>").render(x=0))
try:
    Template("${1/0}").render()
except ZeroDivisionError:
    print(exceptions.text_error_template().render().splitlines()[-1])
try:
    Template("% if x:\n")
except exceptions.MakoException as e:
    print(type(e).__name__, e)
