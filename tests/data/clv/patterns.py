"""Distinct purchase histories of the CDNOW sample to 1997-09-30, in days.

    python3 patterns.py ORDERS cdnow_sample_spend.csv > cdnow_sample_histories.csv

x: repeat purchase days; t_x: days from the first purchase day to the last;
T: days from the first to 1997-09-30; customers; and, for each customer with a
repeat, x and the sum of what the repeat days came to in a second file.
"""
import collections
import csv
import datetime
import decimal
import sys

END = datetime.date(1997, 9, 30)


def main():
    spend = collections.defaultdict(lambda: collections.defaultdict(decimal.Decimal))
    with open(sys.argv[1], newline="") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row["date"])
            if day <= END:
                spend[row["customer_id"]][day] += decimal.Decimal(row["dollars"])
    histories = collections.Counter()
    spends = []
    for days in spend.values():
        first, last = min(days), max(days)
        histories[len(days) - 1, (last - first).days, (END - first).days] += 1
        repeats = sum(value for day, value in days.items() if day > first)
        spends.append((len(days) - 1, repeats))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("x", "t_x", "T", "customers"))
    out.writerows((*key, count) for key, count in sorted(histories.items()))
    with open(sys.argv[2], "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("x", "spend"))
        out.writerows(sorted(row for row in spends if row[0] > 0))


main()
