/* abi-tests/c/dates.c: dates, times and durations. */
#define FAMILY dates
#include "support.h"

/* The numbers of a tuple. */
static void numbers(HPyContext *ctx, HPy h, int *found, size_t count)
{
    Items all = items(ctx, h);
    size_t index;
    assert(all.count == count);
    for (index = 0; index < count; index++) {
        found[index] = (int)number(ctx, all.handles[index]);
    }
    close_all(ctx, all);
}

static HPy make_date(HPyContext *ctx, HPy fields)
{
    int of[3];
    numbers(ctx, fields, of, 3);
    return HPyDate_FromDate(ctx, of[0], of[1], of[2]);
}

static HPy make_time(HPyContext *ctx, HPy fields, HPy zone)
{
    int of[5];
    numbers(ctx, fields, of, 5);
    return HPyTime_FromTime(ctx, of[0], of[1], of[2], of[3], zone, of[4]);
}

static HPy make_datetime(HPyContext *ctx, HPy fields, HPy zone)
{
    int of[8];
    numbers(ctx, fields, of, 8);
    return HPyDateTime_FromDateAndTime(ctx, of[0], of[1], of[2], of[3], of[4], of[5], of[6], zone, of[7]);
}

static HPy make_delta(HPyContext *ctx, HPy fields)
{
    int of[3];
    numbers(ctx, fields, of, 3);
    return HPyDelta_FromDSU(ctx, of[0], of[1], of[2]);
}

static HPy all_checks(HPyContext *ctx, HPy h)
{
    return HPy_BuildValue(ctx, "(iiiii)", HPyDate_Check(ctx, h), HPyTime_Check(ctx, h), HPyDateTime_Check(ctx, h),
                          HPyDelta_Check(ctx, h), HPyTZInfo_Check(ctx, h));
}

static HPy fields_of_date(HPyContext *ctx, HPy h)
{
    int of[3];
    return HPyDate_GetFields(ctx, h, &of[0], &of[1], &of[2]) ? HPy_NULL : HPy_BuildValue(ctx, "(iii)", of[0], of[1], of[2]);
}

static HPy fields_of_time(HPyContext *ctx, HPy h)
{
    int of[5];
    if (HPyTime_GetFields(ctx, h, &of[0], &of[1], &of[2], &of[3], &of[4]) != 0) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "(iiiii)", of[0], of[1], of[2], of[3], of[4]);
}

static HPy fields_of_delta(HPyContext *ctx, HPy h)
{
    int of[3];
    return HPyDelta_GetFields(ctx, h, &of[0], &of[1], &of[2]) ? HPy_NULL : HPy_BuildValue(ctx, "(iii)", of[0], of[1], of[2]);
}

HANDLE(date, (ctx, fields), make_date(ctx, fields))
HANDLE(time, (ctx, fields, zone), make_time(ctx, fields, or_null(ctx, zone)))
HANDLE(datetime, (ctx, fields, zone), make_datetime(ctx, fields, or_null(ctx, zone)))
HANDLE(delta, (ctx, fields), make_delta(ctx, fields))
HANDLE(timezone, (ctx, offset, name), HPyTimeZone_FromOffset(ctx, offset, or_null(ctx, name)))
HANDLE(checks, (ctx, h), all_checks(ctx, h))
HANDLE(date_fields, (ctx, h), fields_of_date(ctx, h))
HANDLE(time_fields, (ctx, h), fields_of_time(ctx, h))
HANDLE(delta_fields, (ctx, h), fields_of_delta(ctx, h))
HANDLE(zone_of, (ctx, h), HPyTime_GetTzinfo(ctx, h))

MODULE(DEF(date), DEF(time), DEF(datetime), DEF(delta), DEF(timezone), DEF(checks), DEF(date_fields), DEF(time_fields),
       DEF(delta_fields), DEF(zone_of))
