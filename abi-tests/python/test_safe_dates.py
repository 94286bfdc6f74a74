# abi-tests/python/test_safe_dates.py: dates, times and durations as structs of safe Rust.

import unittest
from datetime import date, datetime, time, timedelta, timezone

from support import LANGUAGE, load

if LANGUAGE == "rust":
    dates = load("safe_dates")

EAST = timezone(timedelta(hours=2), "East")


@unittest.skipIf(LANGUAGE != "rust", "this is Rust's")
class TestDates(unittest.TestCase):
    def test_date(self):
        for day in date(2024, 2, 29), date.min, date.max, datetime(2024, 2, 29, 12):
            self.assertEqual(dates.date(day), (day.year, day.month, day.day))
            self.assertEqual(dates.make_date(*dates.date(day)), date(day.year, day.month, day.day))
        self.assertRaises(ValueError, dates.make_date, 2023, 2, 29)
        self.assertRaises(ValueError, dates.make_date, 0, 1, 1)
        for wrong in time(1), None, "2024-02-29", 1:
            self.assertRaises(TypeError, dates.date, wrong)

    def test_time(self):
        self.assertEqual(dates.time(time(1, 2, 3, 4, fold=1)), ((1, 2, 3), 4, True))
        for value in time.min, time.max, time(12, fold=1):
            same = dates.same_time(value)
            self.assertEqual((type(same), same, same.fold), (time, value, value.fold))
        for microsecond in 10**6, 2**31, 2**32 - 1:
            self.assertRaises(ValueError, dates.wrong_time, microsecond)
        self.assertRaisesRegex(ValueError, "without a time zone", dates.time, time(1, tzinfo=EAST))
        self.assertRaises(TypeError, dates.time, date.min)
        self.assertEqual(dates.noon(EAST), time(12, tzinfo=EAST))
        self.assertRaises(TypeError, dates.noon, 1)

    def test_datetime(self):
        for value in datetime.min, datetime.max, datetime(2024, 2, 29, 1, 2, 3, 4, fold=1):
            same = dates.same_datetime(value)
            self.assertEqual((type(same), same, same.fold), (datetime, value, value.fold))
        self.assertRaisesRegex(ValueError, "without a time zone", dates.same_datetime, datetime(2024, 1, 1, tzinfo=EAST))
        for wrong in date.min, time.min, None:
            self.assertRaises(TypeError, dates.same_datetime, wrong)

    def test_zone(self):
        value = datetime(2024, 1, 1, 5, tzinfo=EAST)
        self.assertIs(dates.zone(value), EAST)
        self.assertIsNone(dates.zone(datetime.min))
        self.assertEqual(dates.later(value, 3), value + timedelta(hours=3))
        self.assertEqual(dates.later(value, 3).tzinfo, EAST)
        self.assertEqual(dates.later(datetime.min, 1), datetime.min + timedelta(hours=1))
        self.assertRaises(ValueError, dates.later, value, 20)

    def test_delta(self):
        for value in timedelta(1, 2, 3), timedelta(microseconds=-1), timedelta.min, timedelta.max:
            self.assertEqual(dates.delta(value), (value.days, value.seconds, value.microseconds))
            self.assertEqual(dates.make_delta(*dates.delta(value)), value)
        self.assertEqual(dates.make_delta(0, -90000, 10**7), timedelta(seconds=-89990))
        self.assertRaises(OverflowError, dates.make_delta, 10**9, 0, 0)
        self.assertRaises(TypeError, dates.delta, 1.5)

    def test_options(self):
        self.assertIs(dates.between(date(2024, 1, 1), date(2024, 1, 2)), True)
        self.assertIs(dates.between(last=date(2024, 1, 2)), True)
        self.assertIs(dates.between(date(2024, 1, 1)), False)
