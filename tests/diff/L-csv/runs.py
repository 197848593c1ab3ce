"""csv: fields of every kind of character, between every kind of delimiter, quote and line end, read and written."""
import csv
import io
import itertools

TEXTS = ['', 'a', 'plain text', 'a"b', '"', 'x,y', ' lead', 'tab\t', 'two\nlines', 'cr\rhere', 'crlf\r\n', 'é中', '\U0001f600', 'a\U0001f600b', 'esc\\aped',
         "it's", ';', '\0', 'a' * 30, '1.5', '-', '\udc80', '€€']
DIALECTS = [
    {}, {'delimiter': ';', 'quotechar': "'"}, {'escapechar': '\\', 'quoting': csv.QUOTE_NONE}, {'quoting': csv.QUOTE_ALL},
    {'escapechar': '\\', 'doublequote': False}, {'delimiter': ' ', 'skipinitialspace': True}, {'delimiter': '\U0001f600', 'quotechar': '€'},
    {'quoting': csv.QUOTE_STRINGS}, {'quoting': csv.QUOTE_NOTNULL}, {'quoting': csv.QUOTE_NONNUMERIC}, {'lineterminator': 'a!'}, {'quotechar': None, 'quoting': csv.QUOTE_NONE},
]


def attempt(function, *args, **options):
    try:
        return function(*args, **options)
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def write(rows, options):
    out = io.StringIO(newline='')
    writer = csv.writer(out, **options)
    for row in rows:
        writer.writerow(row)
    return out.getvalue()


rows = [[a, b, 7, None, 2.5] for a, b in itertools.product(TEXTS[::2], TEXTS[1::2])]
for options in DIALECTS:
    print(options)
    for row in rows[::7] + [[text] for text in TEXTS] + [[], [None], ('a', 'b'), 'ab', 5]:
        text = attempt(write, [row], options)
        print(ascii(row), ascii(text), ascii(attempt(lambda: list(csv.reader(io.StringIO(text, newline=''), **options)))))
    print(ascii(attempt(lambda: list(csv.reader(TEXTS, **options)))))
limit = csv.field_size_limit(10)
for text in ('abcdefghij', 'abcdefghijk', '"abcdefghij"', '"abcdefghijk"', 'abcde,fghijk', '\U0001f600' * 10, '\U0001f600' * 11):
    print(ascii(attempt(lambda: list(csv.reader([text])))))
print(attempt(lambda: list(csv.reader(['"abcde\n', 'fghi"']))), attempt(lambda: list(csv.reader(['"abcde\n', 'fghij"']))))
csv.field_size_limit(limit)
reader = csv.reader(['a,b', 'c', 5])
print(next(reader), next(reader), attempt(next, reader), reader.line_num)
