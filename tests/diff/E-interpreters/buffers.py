# Buffers are shared between interpreters; who made them keeps them alive.
import _interpreters as I
import array

interp = I.create()
data = bytearray(b'hello world')
view = memoryview(data)
print(I.exec(interp, '''if True:
    print(type(view), bytes(view), view.readonly, view.format, view.shape, type(view.obj))
    view[0] = ord('J')
    part = view[6:]
    part[:] = b'WORLD'
    try:
        type(view.obj)()
    except TypeError as e:
        print(e)
''', {'view': view}))
print(data)
try:
    data.append(1)
except BufferError as e:
    print(e)
I.exec(interp, 'del view, part')
view.release()
data.append(33)
print(data)

numbers = array.array('d', [1.5, 2.5, 3.5])
I.exec(interp, 'numbers[1] = 7; print(numbers.tolist(), numbers.format, numbers.nbytes)',
       {'numbers': memoryview(numbers)})
print(numbers)
print(I.exec(interp, 'numbers[0] = 1', {'numbers': memoryview(b'read-only')}).formatted)


class Exporter:
    def __buffer__(self, flags):
        return memoryview(b'exported')

    def __release_buffer__(self, view):
        print('released by', I.get_current()[0])


I.exec(interp, 'print(bytes(x))', {'x': memoryview(Exporter())})
I.destroy(interp)
print('end')
