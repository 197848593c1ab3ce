"""Two threads import a package that imports its own submodule, while a tracer holds up the search for deadlocks."""
import os
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, 'parcel'))
    for name, text in ('__init__', 'import parcel.inside\nparcel.inside\n'), ('inside', ''):
        with open(os.path.join(folder, 'parcel', f'{name}.py'), 'w') as f:
            f.write(text)
    sys.path.insert(0, folder)

    def hold_up(frame, event, arg):
        if event == 'call' and frame.f_code.co_name == 'has_deadlock':
            time.sleep(0.05)

    def run():
        sys.settrace(hold_up)
        begin.wait()
        try:
            import parcel
        except BaseException as e:
            print(repr(e))
        sys.settrace(None)

    for i in range(8):
        begin = threading.Event()
        threads = [threading.Thread(target=run) for _ in range(2)]
        for t in threads:
            t.start()
        begin.set()
        for t in threads:
            t.join()
        print('parcel.inside' in sys.modules)
        del sys.modules['parcel'], sys.modules['parcel.inside']
