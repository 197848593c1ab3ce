import sqlparse
s = "select a,b as c from t1 join t2 on t1.x=t2.y where a in (1,2) and b='q''x' order by c desc; insert into t values (1);"
print(sqlparse.format(s, reindent=True, keyword_case="upper"))
for st in sqlparse.split(s): print(repr(st))
st = sqlparse.parse(s)[0]
print(st.get_type(), [(str(t.ttype), str(t)) for t in st.tokens if not t.is_whitespace])
st._pprint_tree()
