import datetime as dt
from dateutil import parser, relativedelta as rd, rrule, tz, easter
for s in ("2003-09-25T10:49:41.5-03:00", "Thu Sep 25 2003", "10/09/2003", "20030925T104941", "3rd of May 2001 4pm", "2003-W39-4"):
    try:
        print(s, parser.parse(s, default=dt.datetime(2000, 1, 1)))
    except Exception as e:
        print(type(e).__name__, e)
d = dt.date(2020, 1, 31)
print(d + rd.relativedelta(months=1), d + rd.relativedelta(weekday=rd.FR(-1)), rd.relativedelta(dt.date(2024, 3, 1), d))
print(list(rrule.rrule(rrule.MONTHLY, count=4, byweekday=rrule.FR(-1), dtstart=dt.datetime(2020, 1, 1))))
print(list(rrule.rrulestr("DTSTART:20200101T000000\nRRULE:FREQ=YEARLY;COUNT=3;BYMONTH=2,3")))
print(easter.easter(2024), tz.gettz("Europe/Paris").utcoffset(dt.datetime(2020, 7, 1)), tz.tzstr("EST5EDT").dst(dt.datetime(2020, 7, 1)))
print(parser.isoparse("2020-02-03T04:05Z"), tz.tzutc(), tz.tzoffset("X", 3600))
