"""datetime arithmetic: dates, timedeltas, time zones, parsing and formatting."""
from datetime import date, datetime, time, timedelta, timezone


def fridays(start, days):
    step = timedelta(days=1)
    day = start
    found = 0
    for _ in range(days):
        if day.day == 13 and day.weekday() == 4:
            found += 1
        day += step
    return found, day.isoformat()


def run(n):
    zone = timezone(timedelta(hours=5, minutes=30))
    base = datetime(2020, 2, 28, 23, 59, 30, tzinfo=timezone.utc)
    total = timedelta()
    texts = 0
    for i in range(n):
        moment = base + timedelta(minutes=i * 7, seconds=i % 61)
        local = moment.astimezone(zone)
        total += local - base
        if local.date() > date(2020, 3, 1) and local.time() < time(12, 0):
            text = local.isoformat()
            texts += len(text)
            if datetime.fromisoformat(text) != moment:
                texts -= 1
        if i % 5 == 0:
            texts += len(moment.strftime('%Y-%m-%d %H:%M:%S %a %j'))
            texts += moment.replace(day=1, hour=0).isocalendar().week
        if i % 25 == 0:
            texts += datetime.strptime('2021-03-%02d 10:11:12' % (i % 28 + 1), '%Y-%m-%d %H:%M:%S').timetuple().tm_yday
    ordered = sorted(date.fromordinal(730_000 + i * 7919 % 5000) for i in range(n // 10))
    return fridays(date(1990, 1, 1), n // 2), str(total), texts, str(ordered[len(ordered) // 2]), total // timedelta(hours=1)


print(run(125_000))
