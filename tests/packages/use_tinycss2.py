import tinycss2
for r in tinycss2.parse_stylesheet("@media (x>1){a{b:c}} p.q > r::before, #i[z='1'] { color: rgb(1 2 3 / 50%); background: url(x.png) !important; } /* c */ .bad { x }"):
    print(r.type, r.serialize())
    if r.type == "qualified-rule":
        for d in tinycss2.parse_declaration_list(r.content, skip_whitespace=True): print("  ", d.type, getattr(d, "name", None), getattr(d, "important", None), getattr(d, "message", None))
from tinycss2 import color3
print(color3.parse_color("hsl(120, 50%, 50%)"), color3.parse_color("#abc"), tinycss2.parse_one_component_value("12.5px"))
