from bs4 import BeautifulSoup, Comment
html = "<html><head><title>T &amp; t</title></head><body><p class='a b' id=x>One <b>two</b><br>three<!-- c --></p><p class='b'>é <a href='/q?a=1&b=2'>l</a></p><ul><li>1<li>2</ul></body>"
for parser in ("html.parser", "html5lib"):
    s = BeautifulSoup(html, parser)
    print(parser, s.title.string, [p["class"] for p in s.find_all("p")])
    print(s.select("p.b > a[href^='/q']"), s.select_one("li:nth-of-type(2)"))
    print(s.get_text("|", strip=True))
    print([c for c in s.find_all(string=lambda t: isinstance(t, Comment))])
    print(s.prettify())
    s.p.b.replace_with("new")
    s.find("ul").decompose()
    print(s.body.decode(formatter="html"))
    print([type(x).__name__ for x in s.p.descendants], s.a.find_parent("body").name)
