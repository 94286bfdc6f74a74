// src/safe/dates.rs: conversions of Python's dates, times and durations: small structs of numbers.

use super::calls::done;
use super::exceptions::{Exception, ValueError};
use super::{FromObject, IntoObject, Object, Result};
use crate::*;

/// A `datetime.date`; a `datetime.datetime` is one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 on.
    pub month: u8,
    /// From 1 on.
    pub day: u8,
}

/// A `datetime.time` without a time zone: one with a zone becomes this by [`Time::read`] alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
    /// From 0 to 59.
    pub second: u8,
    /// From 0 to 999,999.
    pub microsecond: u32,
    /// Whether it is the second of two equal times, where a clock was put back.
    pub fold: bool,
}

/// A `datetime.datetime` without a time zone: one with a zone becomes this by [`DateTime::read`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time of the day.
    pub time: Time,
}

/// A `datetime.timedelta`: the sum of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Delta {
    /// Any number up to 999,999,999, also a negative one.
    pub days: i32,
    /// What comes from Python has from 0 to 86,399.
    pub seconds: i32,
    /// What comes from Python has from 0 to 999,999.
    pub microseconds: i32,
}

/// The time zone of a time, if it has one.
fn zone<'c>(object: &Object<'c>) -> Result<Option<Object<'c>>> {
    // SAFETY: the handle is open, and the result is new.
    let zone = unsafe { Object::from_handle(object.context(), HPyTime_GetTzinfo(object.context(), object.handle()))? };
    Ok(Some(zone).filter(|zone| !zone.is_none()))
}

/// Refuses a time with a time zone, which the struct would lose.
fn without_zone<T>((value, zone): (T, Option<Object<'_>>)) -> Result<T> {
    match zone {
        None => Ok(value),
        Some(zone) => ValueError::raise(zone.context(), "a time without a time zone is needed"),
    }
}

impl FromObject<'_, '_> for Date {
    fn from_object(object: &Object<'_>) -> Result<Date> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        // SAFETY: the handle is open.
        done(unsafe { HPyDate_GetFields(object.context(), object.handle(), &mut year, &mut month, &mut day) })?;
        Ok(Date { year: year as u16, month: month as u8, day: day as u8 })
    }
}

impl<'c> IntoObject<'c> for Date {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        let Date { year, month, day } = self;
        // SAFETY: the context is that of the running call, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyDate_FromDate(ctx, year.into(), month.into(), day.into())) }
    }
}

impl Time {
    /// A time, and its time zone if it has one. A `datetime.datetime` gives its time.
    ///
    /// Raises `TypeError` if the object is no time.
    pub fn read<'c>(object: &Object<'c>) -> Result<(Time, Option<Object<'c>>)> {
        let (ctx, h) = (object.context(), object.handle());
        let (mut hour, mut minute, mut second, mut microsecond, mut fold) = (0, 0, 0, 0, 0);
        // SAFETY: the handle is open.
        done(unsafe { HPyTime_GetFields(ctx, h, &mut hour, &mut minute, &mut second, &mut microsecond, &mut fold) })?;
        let time = Time {
            hour: hour as u8,
            minute: minute as u8,
            second: second as u8,
            microsecond: microsecond as u32,
            fold: fold != 0,
        };
        Ok((time, zone(object)?))
    }

    /// The `datetime.time` in a time zone, a `datetime.tzinfo`.
    ///
    /// Raises `ValueError` if a number is out of range, and `TypeError` if `zone` is no time zone.
    pub fn with_zone<'c>(self, zone: &Object<'c>) -> Result<Object<'c>> {
        self.object(zone.context(), zone.handle())
    }

    fn object(self, ctx: &HPyContext, zone: HPy) -> Result<Object<'_>> {
        let Time { hour, minute, second, fold, .. } = self;
        let microsecond = c_int::try_from(self.microsecond).unwrap_or(c_int::MAX);
        // SAFETY: the handle is open or null, and the result is new.
        unsafe {
            let h = HPyTime_FromTime(ctx, hour.into(), minute.into(), second.into(), microsecond, zone, fold.into());
            Object::from_handle(ctx, h)
        }
    }
}

impl FromObject<'_, '_> for Time {
    fn from_object(object: &Object<'_>) -> Result<Time> {
        without_zone(Time::read(object)?)
    }
}

impl<'c> IntoObject<'c> for Time {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        self.object(ctx, HPy_NULL)
    }
}

impl DateTime {
    /// A date with its time, and its time zone if it has one.
    ///
    /// Raises `TypeError` if the object is no `datetime.datetime`.
    pub fn read<'c>(object: &Object<'c>) -> Result<(DateTime, Option<Object<'c>>)> {
        let date = object.extract()?;
        let (time, zone) = Time::read(object)?;
        Ok((DateTime { date, time }, zone))
    }

    /// The `datetime.datetime` in a time zone, a `datetime.tzinfo`: the numbers are those of the zone's clocks.
    ///
    /// Raises `ValueError` if a number is out of range, and `TypeError` if `zone` is no time zone.
    pub fn with_zone<'c>(self, zone: &Object<'c>) -> Result<Object<'c>> {
        self.object(zone.context(), zone.handle())
    }

    fn object(self, ctx: &HPyContext, zone: HPy) -> Result<Object<'_>> {
        let DateTime { date: Date { year, month, day }, time: Time { hour, minute, second, microsecond, fold } } = self;
        let (hour, minute, second) = (hour.into(), minute.into(), second.into());
        let microsecond = c_int::try_from(microsecond).unwrap_or(c_int::MAX);
        let (year, month, day, fold) = (year.into(), month.into(), day.into(), fold.into());
        // SAFETY: the handle is open or null, and the result is new.
        unsafe {
            let h = HPyDateTime_FromDateAndTime(ctx, year, month, day, hour, minute, second, microsecond, zone, fold);
            Object::from_handle(ctx, h)
        }
    }
}

impl FromObject<'_, '_> for DateTime {
    fn from_object(object: &Object<'_>) -> Result<DateTime> {
        without_zone(DateTime::read(object)?)
    }
}

impl<'c> IntoObject<'c> for DateTime {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        self.object(ctx, HPy_NULL)
    }
}

impl FromObject<'_, '_> for Delta {
    fn from_object(object: &Object<'_>) -> Result<Delta> {
        let mut delta = Delta::default();
        let Delta { days, seconds, microseconds } = &mut delta;
        // SAFETY: the handle is open.
        done(unsafe { HPyDelta_GetFields(object.context(), object.handle(), days, seconds, microseconds) })?;
        Ok(delta)
    }
}

impl<'c> IntoObject<'c> for Delta {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        let Delta { days, seconds, microseconds } = self;
        // SAFETY: the context is that of the running call, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyDelta_FromDSU(ctx, days, seconds, microseconds)) }
    }
}
