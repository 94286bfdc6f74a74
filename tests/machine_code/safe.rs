// tests/machine_code/safe.rs: what safe Rust compiles to, beside the same by HPy's functions, with each handle closed by hand.

macro_rules! safe_pair {
    ($name:ident($ctx:ident $(, $parameter:ident: $type:ty)*) -> $result:ty, $safe:block, $by_hand:block) => {
        const _: () = {
            #[unsafe(export_name = concat!("hpy__safe_", stringify!($name)))]
            pub unsafe extern "C" fn safely($ctx: &HPyContext $(, $parameter: $type)*) -> $result {
                unsafe { $safe }
            }
            #[unsafe(export_name = concat!("raw__safe_", stringify!($name)))]
            pub unsafe extern "C" fn by_hand($ctx: &HPyContext $(, $parameter: $type)*) -> $result {
                use hpy_sys::*;
                unsafe { $by_hand }
            }
        };
    };
}

use hpy_sys::safe::{Borrowed, IntoObject, Object, Result as Raising};

unsafe fn open<'c>(ctx: &'c HPyContext, h: HPy) -> Borrowed<'c> {
    unsafe { Borrowed::from_handle(ctx, h) }
}

fn end(call: impl FnOnce() -> Raising<()>) -> c_int {
    if call().is_ok() { 0 } else { -1 }
}

fn give<'c>(call: impl FnOnce() -> Raising<Object<'c>>) -> HPy {
    match call() {
        Ok(object) => object.into_handle(),
        Err(_) => hpy_sys::HPy_NULL,
    }
}

safe_pair!(add(ctx, a: HPy, b: HPy) -> HPy, {
    let (a, b) = (open(ctx, a), open(ctx, b));
    give(|| (a.extract::<i64>()?.wrapping_add(b.extract::<i64>()?)).into_object(ctx))
}, {
    let a = HPyLong_AsInt64_t(ctx, a);
    if a == -1 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    let b = HPyLong_AsInt64_t(ctx, b);
    if b == -1 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    HPyLong_FromInt64_t(ctx, a.wrapping_add(b))
});
safe_pair!(half(ctx, number: HPy) -> HPy, {
    let number = open(ctx, number);
    give(|| (number.extract::<f64>()? / 2.0).into_object(ctx))
}, {
    let number = HPyFloat_AsDouble(ctx, number);
    if number == -1.0 && HPyErr_Occurred(ctx) != 0 {
        return HPy_NULL;
    }
    HPyFloat_FromDouble(ctx, number / 2.0)
});
safe_pair!(attributes(ctx, object: HPy) -> HPy, {
    let object = open(ctx, object);
    give(|| object.get_attr(c"first")?.get_attr(c"second"))
}, {
    let first = HPy_GetAttr_s(ctx, object, c"first".as_ptr());
    if HPy_IsNull(first) {
        return HPy_NULL;
    }
    let second = HPy_GetAttr_s(ctx, first, c"second".as_ptr());
    HPy_Close(ctx, first);
    second
});
safe_pair!(set_item(ctx, dict: HPy, key: HPy, value: HPy) -> c_int, {
    let (dict, key, value) = (open(ctx, dict), open(ctx, key), open(ctx, value));
    end(|| dict.set_item(&*key, &*value))
}, {
    if HPy_SetItem(ctx, dict, key, value) < 0 { -1 } else { 0 }
});
safe_pair!(sum(ctx, items: HPy) -> HPy, {
    let items = open(ctx, items);
    give(|| {
        let mut sum = 0.0;
        for item in items.iter()? {
            sum += item?.extract::<f64>()?;
        }
        sum.into_object(ctx)
    })
}, {
    let mut sum = 0.0;
    let iterator = HPy_GetIter(ctx, items);
    if HPy_IsNull(iterator) {
        return HPy_NULL;
    }
    loop {
        let item = HPyIter_Next(ctx, iterator);
        if HPy_IsNull(item) {
            HPy_Close(ctx, iterator);
            return if HPyErr_Occurred(ctx) != 0 { HPy_NULL } else { HPyFloat_FromDouble(ctx, sum) };
        }
        let number = HPyFloat_AsDouble(ctx, item);
        if number == -1.0 && HPyErr_Occurred(ctx) != 0 {
            HPy_Close(ctx, item);
            HPy_Close(ctx, iterator);
            return HPy_NULL;
        }
        HPy_Close(ctx, item);
        sum += number;
    }
});
safe_pair!(call(ctx, callable: HPy, argument: HPy) -> HPy, {
    let (callable, argument) = (open(ctx, callable), open(ctx, argument));
    give(|| callable.call(&[&argument]))
}, {
    HPy_Call(ctx, callable, &argument, 1, HPy_NULL)
});
safe_pair!(none(ctx) -> HPy, { give(|| ().into_object(ctx)) }, { HPy_Dup(ctx, ctx.h_None) });
