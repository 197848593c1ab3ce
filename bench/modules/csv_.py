"""csv: writing and reading of tables, plain and quoted, by rows and by dicts."""
import csv
import io

rows = [[i, f'name {i}', i / 7, 'a "quoted" text, with commas' if i % 5 == 0 else 'plain', ''] for i in range(20_000)]
total = 0
for _ in range(3):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    text = out.getvalue()
    total += len(text)
    for row in csv.reader(io.StringIO(text)):
        total += len(row[1])
    out = io.StringIO()
    writer = csv.writer(out, delimiter='\t', quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow(row)
    total += sum(len(row) for row in csv.reader(out.getvalue().splitlines(), delimiter='\t'))
fields = ['id', 'name', 'score', 'text', 'rest']
out = io.StringIO()
writer = csv.DictWriter(out, fields)
writer.writeheader()
writer.writerows(dict(zip(fields, row)) for row in rows)
total += sum(int(row['id']) for row in csv.DictReader(io.StringIO(out.getvalue())))
print(total)
