// abi-tests/src/dates.rs: dates, times and durations.

use crate::support::{int, items, or_null};
use hpy_sys::*;

/// As many numbers of a tuple.
unsafe fn numbers<const N: usize>(ctx: &HPyContext, h: HPy) -> [c_int; N] {
    let all = items(ctx, h);
    let numbers = core::array::from_fn(|index| int(ctx, all[index]) as c_int);
    crate::support::close_all(ctx, all);
    numbers
}

functions! {
    DATES(ctx) {
        date(fields) => {
            let [year, month, day] = numbers(ctx, fields);
            HPyDate_FromDate(ctx, year, month, day)
        };
        time(fields, zone) => {
            let [hour, minute, second, microsecond, fold] = numbers(ctx, fields);
            HPyTime_FromTime(ctx, hour, minute, second, microsecond, or_null(ctx, zone), fold)
        };
        datetime(fields, zone) => {
            let [year, month, day, hour, minute, second, microsecond, fold] = numbers(ctx, fields);
            let zone = or_null(ctx, zone);
            HPyDateTime_FromDateAndTime(ctx, year, month, day, hour, minute, second, microsecond, zone, fold)
        };
        delta(fields) => {
            let [days, seconds, microseconds] = numbers(ctx, fields);
            HPyDelta_FromDSU(ctx, days, seconds, microseconds)
        };
        timezone(offset, name) => HPyTimeZone_FromOffset(ctx, offset, or_null(ctx, name));
        checks(h) => {
            [HPyDate_Check(ctx, h), HPyTime_Check(ctx, h), HPyDateTime_Check(ctx, h), HPyDelta_Check(ctx, h), HPyTZInfo_Check(ctx, h)]
        };
        date_fields(h) => {
            let mut all = [-7; 3];
            let [year, month, day] = &mut all;
            if HPyDate_GetFields(ctx, h, year, month, day) != 0 {
                return HPy_NULL;
            }
            all
        };
        time_fields(h) => {
            let mut all = [-7; 5];
            let [hour, minute, second, microsecond, fold] = &mut all;
            if HPyTime_GetFields(ctx, h, hour, minute, second, microsecond, fold) != 0 {
                return HPy_NULL;
            }
            all
        };
        delta_fields(h) => {
            let mut all = [-7; 3];
            let [days, seconds, microseconds] = &mut all;
            if HPyDelta_GetFields(ctx, h, days, seconds, microseconds) != 0 {
                return HPy_NULL;
            }
            all
        };
        zone_of(h) => HPyTime_GetTzinfo(ctx, h);
    }
}

HPy_MODINIT!(dates, DATES);
