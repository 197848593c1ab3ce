import dis
src = '''@dec
@dec2(
  1)
def f(): pass

class A(B,
        C):
    x = 1
assert a, \\
   "b"
raise (
  E
) from c
match x:
    case [1,
          2]: y
    case _: z
'''
for i in dis.get_instructions(compile(src, "<s>", "exec")): print(i.line_number, i.starts_line, i.opname, i.positions.lineno, i.positions.end_lineno, i.positions.col_offset, i.positions.end_col_offset)
