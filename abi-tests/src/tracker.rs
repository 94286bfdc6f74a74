// abi-tests/src/tracker.rs: trackers close what they have been given.

use crate::support::{close_all, int, items};
use hpy_sys::*;

functions! {
    TRACKER(ctx) {
        track(h, capacity, count) => {
            let tracker = HPyTracker_New(ctx, int(ctx, capacity) as HPy_ssize_t);
            assert!(!tracker.is_null());
            for _ in 0..int(ctx, count) {
                assert!(HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, h)) == 0);
            }
            HPyTracker_Close(ctx, tracker);
        };
        track_all(h) => {
            let tracker = HPyTracker_New(ctx, 0);
            for item in items(ctx, h) {
                assert!(HPyTracker_Add(ctx, tracker, item) == 0);
            }
            assert!(HPy_SetSlice(ctx, h, 0, HPy_Length(ctx, h), ctx.h_UnicodeType) == -1);
            HPyErr_Clear(ctx);
            assert!(HPy_DelSlice(ctx, h, 0, HPy_Length(ctx, h)) == 0);
            HPyTracker_Close(ctx, tracker);
        };
        forget(h) => {
            let all = items(ctx, h);
            let tracker = HPyTracker_New(ctx, 0);
            for item in &all {
                assert!(HPyTracker_Add(ctx, tracker, *item) == 0);
            }
            HPyTracker_ForgetAll(ctx, tracker);
            assert!(HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, ctx.h_None)) == 0);
            HPyTracker_Close(ctx, tracker);
            close_all(ctx, all);
        };
        close_null() => HPyTracker_Close(ctx, HPyTracker::NULL);
    }
}

HPy_MODINIT!(tracker, TRACKER);
