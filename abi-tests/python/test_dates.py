# abi-tests/python/test_dates.py: dates, times and durations.

import datetime
import unittest
from datetime import timedelta, timezone

from support import load

dates = load("dates")

ZONE = timezone(timedelta(hours=2), "summer")


class Zone(datetime.tzinfo):
    pass


class Day(datetime.date):
    pass


class TestMake(unittest.TestCase):
    def test_dates(self):
        for fields in (1, 1, 1), (2024, 2, 29), (9999, 12, 31):
            self.assertEqual(dates.date(fields), datetime.date(*fields))
            self.assertIs(type(dates.date(fields)), datetime.date)
        for wrong in (0, 1, 1), (2023, 2, 29), (2023, 13, 1):
            self.assertRaises(ValueError, dates.date, wrong)

    def test_times(self):
        for zone in None, ZONE, timezone.utc, Zone():
            for fold in 0, 1:
                made, expected = dates.time((23, 59, 58, 999999, fold), zone), datetime.time(23, 59, 58, 999999, zone, fold=fold)
                self.assertEqual((made.replace(tzinfo=None), made.tzinfo, made.fold), (expected.replace(tzinfo=None), zone, fold))
                made = dates.datetime((2024, 2, 29, 1, 2, 3, 4, fold), zone)
                self.assertIs(type(made), datetime.datetime)
                self.assertEqual(made.replace(tzinfo=None, fold=0), datetime.datetime(2024, 2, 29, 1, 2, 3, 4))
                self.assertEqual((made.tzinfo, made.fold), (zone, fold))
        self.assertIsNone(dates.time((0, 0, 0, 0, 0), ...).tzinfo)
        self.assertIsNone(dates.datetime((1, 1, 1, 0, 0, 0, 0, 1), ...).tzinfo)
        for wrong in (24, 0, 0, 0, 0), (0, 60, 0, 0, 0), (0, 0, -1, 0, 0), (0, 0, 0, 10**6, 0), (0, 0, 0, 0, 2):
            self.assertRaises(ValueError, dates.time, wrong, None)
            self.assertRaises(ValueError, dates.datetime, (1, 1, 1) + wrong, None)
        self.assertRaises(TypeError, dates.time, (0, 0, 0, 0, 0), "zone")
        self.assertRaises(TypeError, dates.datetime, (1, 1, 1, 0, 0, 0, 0, 0), 3)

    def test_deltas(self):
        for fields in (0, 0, 0), (-1, 5, 6), (3, -100000, 2**31 - 1), (999999999, 86399, 999999):
            self.assertEqual(dates.delta(fields), timedelta(*fields))
        self.assertRaises(OverflowError, dates.delta, (10**9, 0, 0))

    def test_timezones(self):
        hour = timedelta(hours=1)
        self.assertEqual(dates.timezone(hour, ...), timezone(hour))
        self.assertEqual(dates.timezone(hour, "name").tzname(None), "name")
        self.assertIs(dates.timezone(timedelta(0), ...), timezone.utc)
        self.assertRaises(ValueError, dates.timezone, timedelta(1), ...)
        self.assertRaises(TypeError, dates.timezone, 3, ...)
        self.assertRaises(TypeError, dates.timezone, hour, 3)


class TestRead(unittest.TestCase):
    def test_checks(self):
        for value, expected in (
            (datetime.date(1, 1, 1), (1, 0, 0, 0, 0)),
            (Day(1, 1, 1), (1, 0, 0, 0, 0)),
            (datetime.time(), (0, 1, 0, 0, 0)),
            (datetime.datetime(1, 1, 1), (1, 0, 1, 0, 0)),
            (timedelta(0), (0, 0, 0, 1, 0)),
            (timezone.utc, (0, 0, 0, 0, 1)),
            (Zone(), (0, 0, 0, 0, 1)),
            (1, (0, 0, 0, 0, 0)),
            (None, (0, 0, 0, 0, 0)),
        ):
            self.assertEqual(dates.checks(value), expected)

    def test_fields(self):
        for value in datetime.date(2024, 2, 29), Day(2024, 2, 29), datetime.datetime(2024, 2, 29, 5):
            self.assertEqual(dates.date_fields(value), (2024, 2, 29))
        for fold in 0, 1:
            for zone in None, ZONE:
                for value in datetime.time(1, 2, 3, 4, zone, fold=fold), datetime.datetime(1, 1, 1, 1, 2, 3, 4, zone, fold=fold):
                    self.assertEqual(dates.time_fields(value), (1, 2, 3, 4, fold))
                    self.assertIs(dates.zone_of(value), zone)
        self.assertEqual(dates.delta_fields(timedelta(-1, 5, 6)), (-1, 5, 6))
        self.assertEqual(dates.delta_fields(timedelta(hours=-1)), (-1, 82800, 0))

    def test_other_objects(self):
        for read, wrong, needed in (
            (dates.date_fields, datetime.time(), "a datetime.date"),
            (dates.time_fields, datetime.date(1, 1, 1), "a datetime.time or datetime.datetime"),
            (dates.zone_of, datetime.date(1, 1, 1), "a datetime.time or datetime.datetime"),
            (dates.delta_fields, datetime.date(1, 1, 1), "a datetime.timedelta"),
        ):
            for value in wrong, 1, None:
                with self.assertRaisesRegex(TypeError, "^%s is required, not " % needed):
                    read(value)


if __name__ == "__main__":
    unittest.main()
