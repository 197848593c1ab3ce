from prettytable import PrettyTable, MARKDOWN, from_csv
import io
t = PrettyTable(["City", "Area", "Pop"]); t.add_rows([["Adelaide", 1295, 1158259], ["Brisbane é☃", 5905, 1857594.5]])
t.align["City"] = "l"; t.sortby = "Area"; t.reversesort = True; print(t); print(t.get_html_string(attributes={"id": "x"}))
t.set_style(MARKDOWN); print(t); print(t.get_json_string(sort_keys=True)); print(t.get_csv_string())
print(from_csv(io.StringIO("a,b\n1,2\n")))
