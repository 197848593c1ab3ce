"""datetime: arithmetic, comparing, formatting and reading of dates and times."""
from datetime import date, datetime, time, timedelta, timezone

start = datetime(2026, 1, 1, 8, 30, tzinfo=timezone.utc)
step = timedelta(hours=7, minutes=13, microseconds=5)
cet = timezone(timedelta(hours=1), 'CET')
total = 0
moments = []
now = start
for i in range(100_000):
    now += step
    total += now.weekday() + now.day + (now - start).days
    moments.append(now)
for m in moments[:60_000]:
    text = m.isoformat()
    assert datetime.fromisoformat(text) == m
    total += len(text) + m.astimezone(cet).hour
    total += len(m.strftime('%Y-%m-%d %H:%M:%S'))
total += sum(a < b for a, b in zip(moments, moments[1:]))
total += len(set(moments)) + len({m.date() for m in moments})
for i in range(100_000):
    d = date(2000 + i % 50, i % 12 + 1, i % 28 + 1)
    total += d.toordinal() + d.replace(day=1).isoweekday() + d.isocalendar()[1]
for i in range(50_000):
    total += (time(i % 24, i % 60).isoformat() > '12:00') + int(timedelta(seconds=i).total_seconds())
for i in range(8000):
    total += datetime.strptime(f'2026-{i % 12 + 1:02}-{i % 28 + 1:02} 10:11', '%Y-%m-%d %H:%M').day
print(total)
