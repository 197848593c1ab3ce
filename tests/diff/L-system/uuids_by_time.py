# _uuid: UUIDs by time come one after the other, with one node.
import _uuid
import time
import uuid

made = [_uuid.generate_time_safe() for _ in range(1000)]
uuids = [uuid.UUID(bytes=raw) for raw, _ in made]
print(len(set(uuids)), {u.version for u in uuids}, {u.variant for u in uuids}, len({u.node for u in uuids}))
print(all(a.time < b.time for a, b in zip(uuids, uuids[1:])), len({u.clock_seq for u in uuids}))
print(abs((uuids[-1].time - 0x01B21DD213814000) / 1e7 - time.time()) < 10)
print({status for _, status in made}, {u.is_safe for u in [uuid.uuid1()]})
try:
    _uuid.generate_time_safe(1)
except TypeError as e:
    print(e)
