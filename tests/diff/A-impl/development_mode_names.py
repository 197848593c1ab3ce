# options: -X dev
# In development mode, encodings and error handlers have to exist even where there is nothing to do.
for call in (
    "b''.decode('nope')", "b''.decode(errors='nope')", "b'a'.decode('ascii', 'nope')", "str(bytearray(), 'nope')",
    "'a'.encode(errors='nope')", "''.encode('latin1', 'nope')", "''.encode('nope')", "b''.decode('utf-8', 'strict')",
):
    try:
        print(call, repr(eval(call)))
    except LookupError as e:
        print(call, e)
