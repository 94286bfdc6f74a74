// abi-tests/src/safe_dates.rs: dates, times and durations as structs of safe Rust.

#![forbid(unsafe_code)]

use hpy_sys::HPyModule;
use hpy_sys::safe::*;

HPyModule! {
    /// Dates.
    mod safe_dates {
        fn date(day: Date) -> (u16, u8, u8) { (day.year, day.month, day.day) }
        fn make_date(year: u16, month: u8, day: u8) -> Date { Date { year, month, day } }
        fn time(at: Time) -> ((u8, u8, u8), u32, bool) { ((at.hour, at.minute, at.second), at.microsecond, at.fold) }
        fn same_time(time: Time) -> Time { time }
        fn same_datetime(datetime: DateTime) -> DateTime { datetime }
        fn wrong_time(microsecond: u32) -> Time { Time { microsecond, ..Time::default() } }
        fn delta(length: Delta) -> (i32, i32, i32) { (length.days, length.seconds, length.microseconds) }
        fn make_delta(days: i32, seconds: i32, microseconds: i32) -> Delta { Delta { days, seconds, microseconds } }
        fn zone<'c>(datetime: &Object<'c>) -> Result<Option<Object<'c>>> { Ok(DateTime::read(datetime)?.1) }
        fn later<'c>(ctx: &'c HPyContext, datetime: &Object<'c>, hours: u8) -> Result<Object<'c>> {
            let (mut datetime, zone) = DateTime::read(datetime)?;
            datetime.time.hour += hours;
            match zone {
                Some(zone) => datetime.with_zone(&zone),
                None => datetime.into_object(ctx),
            }
        }
        fn noon<'c>(zone: &Object<'c>) -> Result<Object<'c>> { Time { hour: 12, ..Time::default() }.with_zone(zone) }
        fn between(first: Option<Date> = None, last: Option<Date> = None) -> bool { first <= last }
    }
}
