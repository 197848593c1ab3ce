import html5lib
from html5lib import treewalkers, serialize
doc = html5lib.parse("<p>a<b>b<p>c</b><table><tr><td>x<td>y</table><svg><g/></svg>&eacute;&notit;", namespaceHTMLElements=False)
import xml.etree.ElementTree as ET
print(ET.tostring(doc, encoding="unicode"))
p = html5lib.HTMLParser(strict=False)
f = p.parseFragment("<li>1<li>2<!--c--><script>a<b</script>")
print(serialize(f, tree="etree", omit_optional_tags=False, quote_attr_values="always"))
print(p.errors[:3])
print([t["type"] for t in treewalkers.getTreeWalker("etree")(f)])
