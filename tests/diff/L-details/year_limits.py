"""Years that a C int of years since 1900 does not hold."""
import time

for year in 2**31 - 1, 2**31, 2**31 + 1899, -2**31 - 1, -2**31, -2**31 + 1899, -2**31 + 1900, 2**63:
    date = (year, 1, 1, 0, 0, 0, 0, 1, 0)
    for make in time.asctime, lambda date: time.strftime('%Y', date), time.mktime:
        try:
            print(year, make(date))
        except OverflowError as e:
            print(year, e)
