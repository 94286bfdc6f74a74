// generator/src/table/read.rs: reads shims/api/*.toml into the model, and refuses what a single record shows to be wrong.

use super::{porting, units};
use crate::model::body::Body;
use crate::model::call::Call;
use crate::model::prototype::{Parameter, Prototype};
use crate::model::types::Crossing;
use crate::model::{
    Api, CallTarget, Code, Constant, Enum, ErrorValue, Extra, Fragment, Function, Handle, HandleKind, HostFunction,
    Inline, OutOfLine, Pairs, Second, Signature, Slot,
};
use crate::problems::Problems;
use crate::table::record::{File, Record};
use crate::target::version::Range;

/// Reads all files of the table, given as paths and texts.
pub fn read(files: &[(String, String)]) -> Result<Api, Problems> {
    let mut problems = Problems::default();
    let mut api = Api::default();
    for (path, text) in files {
        File { path, text }.read(&mut problems, |root| {
            root.each("handle", |record| api.handles.extend(handle(record)));
            root.each("function", |record| match function(record) {
                Some(extra) if extra.extra.is_some() => api.extras.push(extra),
                found => api.functions.extend(found),
            });
            root.each("slot", |record| api.slots.extend(slot(record)));
            root.each("signature", |record| api.signatures.extend(signature(record)));
            root.each("enum", |record| api.enums.extend(enumeration(record)));
            root.each("constant", |record| api.constants.extend(constant(record)));
            root.each("fragment", |record| api.fragments.extend(fragment(record)));
            root.each("host_function", |record| api.host_functions.extend(host_function(record)));
            units::read(root, &mut api.units);
            porting::read(root, &mut api.porting);
        });
    }
    api.handles.sort_by_key(|handle| handle.index);
    api.functions.sort_by_key(|function| function.index);
    api.extras.sort_by_key(|function| function.index);
    api.signatures.sort_by_key(|signature| signature.number);
    api.slots.sort_by_key(|slot| slot.number);
    problems.unless_any(api)
}

fn handle(record: &mut Record<'_>) -> Option<Handle> {
    let (index, name, doc) = (record.required_integer("index"), record.required_text("name"), doc(record));
    let kind = record.one_of("kind", HANDLE_KINDS).unwrap_or(HandleKind::Exception);
    let bare = name.strip_prefix("h_").unwrap_or(&name);
    let cpython = match kind {
        HandleKind::Singleton => or_default(record, "cpython", format!("Py_{bare}")),
        HandleKind::Exception => or_default(record, "cpython", format!("PyExc_{bare}")),
        HandleKind::Type => {
            or_default(record, "cpython", format!("Py{}_Type", bare.strip_suffix("Type").unwrap_or(bare)))
        }
        HandleKind::Call => record.required_text("cpython"),
    };
    Some(Handle { place: record.place.clone(), index, name, kind, doc, cpython })
}

const HANDLE_KINDS: &[(&str, HandleKind)] =
    &[("singleton", HandleKind::Singleton), ("type", HandleKind::Type), ("call", HandleKind::Call)];

fn function(record: &mut Record<'_>) -> Option<Function> {
    let is_extra = record.has("extra");
    let index = if is_extra { record.required_integer("extra") } else { record.required_integer("index") };
    record.ignore("extra");
    let doc = doc(record);
    let raises = record.text("raises");
    let extra = extra(record, is_extra);
    let reason = record.text("by_hand");
    let prototype: Option<Prototype> = required(record, "c");
    let error_text = record.text("error");
    let is_for_trampolines = record.one_of("used_by", &[("trampolines", ())]).is_some();
    let is_inline = |record: &mut Record<'_>, key| record.one_of(key, &[("inline", ())]).is_some();
    let inline = Inline { native: is_inline(record, "in_c"), loader: is_inline(record, "loader_in_c") };
    let loader_by_hand = record.text("loader_by_hand");
    let context_by_hand = record.text("context_by_hand");
    let debug_by_hand = record.text("debug_by_hand");
    let anywhere = record.boolean("anywhere").unwrap_or(false);
    let ends = record.text("ends");
    let replaces = record.texts("replaces");
    let Some(prototype) = prototype else {
        // That is reported; without it nothing else of the record can be judged.
        record.ignore("cpython");
        record.ignore("null");
        record.ignore("unchecked");
        record.ignore("stands_on");
        record.ignore("body");
        return None;
    };
    if !prototype.takes_context {
        record.wrong(
            format!("{} does not take the context", prototype.name),
            "begin its parameters with `HPyContext *ctx`",
        );
    }
    for parameter in &prototype.parameters {
        if !doc.contains(&format!("`{}`", parameter.name)) {
            let found = format!("the doc of {} does not say what `{}` is", prototype.name, parameter.name);
            record.wrong(found, "mention the parameter in backticks");
        }
    }
    let error = error_value(record, error_text, &prototype);
    let nulls = of_parameters(record, "null", &prototype, Parameter::may_be_null);
    let unchecked = of_parameters(record, "unchecked", &prototype, Parameter::is_handle);
    let body: Option<Body> = record.parsed("body");
    let target = match (reason, body) {
        // That is reported.
        (_, None) if record.has("body") => {
            record.ignore("stands_on");
            return None;
        }
        (Some(_), Some(_)) => {
            record.ignore("stands_on");
            let found = format!("{} has a body, and is written by hand", prototype.name);
            record.wrong(found, "remove `by_hand` or `body`");
            return None;
        }
        (Some(reason), None) => CallTarget::ByHand { reason },
        (None, Some(body)) => CallTarget::Generated(vec![(Range { from: None, until: None }, Code::Body(body))]),
        (None, None) => CallTarget::Generated(codes(record, &prototype)),
    };
    let is_call =
        matches!(&target, CallTarget::Generated(codes) if codes.iter().all(|(_, code)| matches!(code, Code::Call(_))));
    let stands_on = (!is_call && !is_for_trampolines).then(|| record.required_text("stands_on"));
    if replaces.is_none() && !is_call {
        let found = format!("{} does not say what it replaces for those who port", prototype.name);
        record.wrong(found, "list the functions of the C API: `replaces = [\"...\"]`, or `replaces = []` for none");
    }
    if inline.native && matches!(target, CallTarget::Generated(_)) {
        let found = format!("{} is generated, and its C code too", prototype.name);
        record.wrong(found, "remove `in_c`, or say why it is written: `by_hand = \"...\"`");
    }
    Some(Function {
        place: record.place.clone(),
        index,
        extra,
        prototype,
        doc,
        raises,
        error,
        nulls,
        unchecked,
        target,
        stands_on,
        replaces: replaces.unwrap_or_default(),
        inline,
        loader_by_hand,
        context_by_hand,
        debug_by_hand,
        anywhere,
        ends,
        is_for_trampolines,
    })
}

/// Whether a function is an extra, and what it is through other loaders.
fn extra(record: &mut Record<'_>, is_extra: bool) -> Option<Extra> {
    let needs_loader = record.text("needs_loader");
    if !is_extra {
        if needs_loader.is_some() {
            record.wrong("`needs_loader` is about extras, and this is a member of the context", "remove the line");
        }
        return None;
    }
    if record.has("index") {
        record.wrong("a function has `index` and `extra`", "keep one of the two: an extra is no member of the context");
        record.ignore("index");
    }
    Some(needs_loader.map_or(Extra::Portable, |reason| Extra::NeedsLoader { reason }))
}

/// What a function does that is a call, or has a body for some versions.
fn codes(record: &mut Record<'_>, prototype: &Prototype) -> Vec<(Range, Code)> {
    let mut codes = Vec::new();
    let default = Call::by_default(&prototype.name);
    if record.is_array("cpython") {
        record.each("cpython", |range| codes.extend(ranged_code(range)));
    } else {
        let given: Option<Call> = record.parsed("cpython");
        if given.as_ref() == Some(&default) {
            record.wrong(
                format!("`cpython = \"{}\"` is what the default rule gives for {}", default.function, prototype.name),
                "remove the line",
            );
        }
        codes.push((Range { from: None, until: None }, Code::Call(given.unwrap_or(default))));
    }
    for (_, code) in &codes {
        let Code::Call(call) = code else { continue };
        if let Err(error) = call.check(prototype) {
            record.wrong(error, "use the parameter names of the prototype");
        }
        for parameter in &prototype.parameters {
            if matches!(parameter.of.crossing, Crossing::Opaque | Crossing::Addressed | Crossing::Builder(_)) {
                record.wrong(
                    format!("{} takes a `{}`, which no generated call can pass on", prototype.name, parameter.of.c),
                    "say what the function does in a body, `body = \"\"\"...\"\"\"`, or write it by hand and say why: `by_hand = \"...\"`",
                );
            }
        }
    }
    codes
}

fn ranged_code(range: &mut Record<'_>) -> Option<(Range, Code)> {
    let versions = Range::read(range);
    if range.has("body") && range.has("call") {
        range.wrong("a range has `body` and `call`", "keep one of the two");
    }
    let body: Option<Body> = range.parsed("body");
    let code = match body {
        Some(body) => Code::Body(body),
        None => Code::Call(required(range, "call")?),
    };
    range.ignore("call");
    Some((versions, code))
}

fn fragment(record: &mut Record<'_>) -> Option<Fragment> {
    let doc = doc(record);
    let out_of_line = record.one_of("out_of_line", &[("cold", OutOfLine::Cold), ("slow", OutOfLine::Slow)]);
    let (prototype, body): (Option<Prototype>, Option<Body>) = (required(record, "c"), required(record, "body"));
    Some(Fragment { place: record.place.clone(), prototype: prototype?, doc, body: body?, out_of_line })
}

fn host_function(record: &mut Record<'_>) -> Option<HostFunction> {
    let (doc, prototype) = (doc(record), required(record, "c"));
    Some(HostFunction { place: record.place.clone(), prototype: prototype?, doc })
}

/// What a record says of parameters of the kind that `fits` tells.
fn of_parameters(
    record: &mut Record<'_>,
    key: &'static str,
    prototype: &Prototype,
    fits: fn(&Parameter) -> bool,
) -> Pairs {
    let pairs: Pairs = record.parsed(key).unwrap_or_default();
    let what = if key == "null" { "handle or pointer" } else { "handle" };
    for (name, _) in &pairs.0 {
        if !prototype.parameters.iter().any(|parameter| parameter.name == *name && fits(parameter)) {
            record.wrong(
                format!("`{key}` names `{name}`, and {} takes no {what} of that name", prototype.name),
                "use the parameter names of the prototype",
            );
        }
    }
    pairs
}

fn error_value(record: &mut Record<'_>, given: Option<String>, prototype: &Prototype) -> ErrorValue {
    const NAMES: &[(&str, ErrorValue)] = &[
        ("null", ErrorValue::Null),
        ("null_quiet", ErrorValue::NullQuiet),
        ("always_null", ErrorValue::AlwaysNull),
        ("minus_one", ErrorValue::MinusOne),
        ("minus_one_check", ErrorValue::MinusOneCheck),
        ("minus_two", ErrorValue::MinusTwo),
        ("never", ErrorValue::Never),
        ("fatal", ErrorValue::Fatal),
    ];
    let default = match prototype.result.c {
        "void" => ErrorValue::Never,
        "int" => ErrorValue::MinusOne,
        "double" => ErrorValue::MinusOneCheck,
        _ if prototype.result.crossing == Crossing::Integer => ErrorValue::MinusOneCheck,
        _ => ErrorValue::Null,
    };
    let Some(given) = given else { return default };
    match NAMES.iter().find(|(name, _)| *name == given) {
        Some((_, value)) if *value == default => {
            record.wrong(
                format!("`error = \"{given}\"` is what the default rule gives for `{}`", prototype.result.c),
                "remove the line",
            );
            default
        }
        Some((_, value)) => *value,
        None => {
            let known: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            record.wrong(format!("`{given}` is no error value"), format!("use one of {}", known.join(", ")));
            default
        }
    }
}

fn slot(record: &mut Record<'_>) -> Option<Slot> {
    let (name, number) = (record.required_text("name"), record.required_integer("number"));
    let (signature, doc) = (record.required_text("signature"), doc(record));
    let (trampoline, methods) = (record.text("trampoline"), record.texts("methods").unwrap_or_default());
    let default = name.strip_prefix('H').unwrap_or(&name).to_owned();
    let cpython = (!record.boolean("own").unwrap_or(false)).then_some(default);
    let is_of_module = record.one_of("of", &[("module", ())]).is_some();
    let replaces = record.texts("replaces").unwrap_or_default();
    let place = record.place.clone();
    Some(Slot { place, name, number, signature, trampoline, doc, methods, cpython, is_of_module, replaces })
}

fn signature(record: &mut Record<'_>) -> Option<Signature> {
    let (name, number, doc) = (record.required_text("name"), record.required_integer("number"), doc(record));
    let lower = name.strip_prefix("HPyFunc_").unwrap_or(&name).to_lowercase();
    let typedef = or_default(record, "typedef", format!("HPyFunc_{lower}"));
    let cpython = or_default(record, "cpython", lower);
    let by_hand = record.text("by_hand");
    let is_quiet = record.boolean("quiet").unwrap_or(false);
    let is_passed_on = record.boolean("passed_on").unwrap_or(false);
    let seconds = [
        ("direct", Second::Direct),
        ("implementation", Second::Implementation),
        ("tp_call", Second::TypeCall),
        ("dealloc", Second::Dealloc),
        ("deallocs", Second::Deallocs),
    ];
    let second = record.one_of("second", &seconds);
    let impl_is_implementation = record.one_of("impl", &[("implementation", ())]).is_some();
    let loader_by_hand = record.text("loader_by_hand");
    let prototype = required(record, "c")?;
    Some(Signature {
        place: record.place.clone(),
        name,
        number,
        prototype,
        typedef,
        cpython,
        by_hand,
        doc,
        is_quiet,
        is_passed_on,
        second,
        impl_is_implementation,
        loader_by_hand,
    })
}

fn enumeration(record: &mut Record<'_>) -> Option<Enum> {
    let (name, doc) = (record.required_text("name"), doc(record));
    let mut values = Vec::new();
    record.each("value", |value| {
        let (name, number, doc) = (value.required_text("name"), value.required_integer("value"), self::doc(value));
        values.push(Constant {
            place: value.place.clone(),
            name,
            c_type: String::new(),
            value: number,
            cpython_only: false,
            doc,
        });
    });
    Some(Enum { place: record.place.clone(), name, doc, values })
}

fn constant(record: &mut Record<'_>) -> Option<Constant> {
    let (name, c_type) = (record.required_text("name"), record.required_text("type"));
    let (value, doc) = (record.required_integer("value"), doc(record));
    let cpython_only = record.boolean("cpython_only").unwrap_or(false);
    Some(Constant { place: record.place.clone(), name, c_type, value, cpython_only, doc })
}

fn doc(record: &mut Record<'_>) -> String {
    let doc = record.required_text("doc");
    doc.trim().to_owned()
}

/// The string under `key`, or `default`; spelling the default out is a problem.
fn or_default(record: &mut Record<'_>, key: &'static str, default: String) -> String {
    let given = record.text(key);
    if given.as_ref() == Some(&default) {
        record.wrong(format!("`{key} = \"{default}\"` is what the default rule gives"), "remove the line");
    }
    given.unwrap_or(default)
}

/// The string under `key`, parsed; its absence is a problem.
fn required<T: std::str::FromStr<Err = String>>(record: &mut Record<'_>, key: &'static str) -> Option<T> {
    if record.required_text(key).is_empty() { None } else { record.parsed(key) }
}
