from markupsafe import Markup, escape
print(escape("<a & 'b' \">"), Markup("<b>%s</b>") % "<x>", Markup("a").join(["<", Markup("<i>")]), Markup("{0.x!r} {k}").format(type("T", (), {"x": "<"}), k="&"))
print(Markup("<p>a &amp; b</p>").striptags(), Markup("&lt;x&gt;").unescape(), repr(Markup("x") + "<"), Markup("<x>") * 2, Markup("a<b>").split("<"), isinstance(escape(1), Markup))
