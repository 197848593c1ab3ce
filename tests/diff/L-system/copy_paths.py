"""Path.copy() and Path.move(), which try to share blocks first."""
import os
import pathlib
import tempfile

with tempfile.TemporaryDirectory() as top:
    top = pathlib.Path(top)
    (top / 'd').mkdir()
    (top / 'd' / 'a').write_bytes(b'x' * 100_000)
    (top / 'd' / 'link').symlink_to('a')
    copied = (top / 'd').copy(top / 'e', follow_symlinks=False)
    print(copied.name, sorted(p.name for p in copied.iterdir()), (copied / 'a').stat().st_size, (copied / 'link').is_symlink())
    print((top / 'd' / 'link').copy(top / 'f').is_symlink(), (top / 'f').stat().st_size)
    print((top / 'f').move_into(top / 'e').name, sorted(os.listdir(top)), sorted(os.listdir(top / 'e')))
