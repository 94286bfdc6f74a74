// generator/src/emit/docs.rs: the documentation of a generated item, from its record.

pub mod porting;
pub mod units;

use crate::model::context::function_member;
use crate::model::{CallTarget, ErrorValue, Extra, Function};
use crate::target::abi::Abi;

/// The documentation of a function: what it does, what it returns, what it raises, where it comes from.
pub fn function(function: &Function, abi: &Abi) -> String {
    let mut text = effect(function);
    text.push_str("\n\n# Safety\n");
    text.push_str("`ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.");
    if function.prototype.parameters.iter().any(|parameter| parameter.of.rust.starts_with('*')) {
        text.push_str(" Each pointer points to what is said of it above, or is null where that is said.");
    }
    text + &origin(function, abi)
}

/// The same as a comment of C, in which nobody promises anything.
pub fn of_c(function: &Function, abi: &Abi) -> String {
    let text = effect(function) + &origin(function, abi);
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(heading) => format!(" * {heading}:\n"),
        None => format!(" * {line}").trim_end().to_owned() + "\n",
    };
    format!("/**\n{} */\n", text.lines().map(line).collect::<String>())
}

/// What a function does, returns and raises.
fn effect(function: &Function) -> String {
    let mut text = function.doc.clone();
    text.push_str("\n\n");
    text.push_str(returns(function));
    if let Some(raises) = &function.raises {
        text.push_str("\n\n# Exceptions\n");
        text.push_str(raises.trim());
    }
    text + &nulls(function)
}

/// HPy's name for it, and the CPython call that it is.
fn origin(function: &Function, abi: &Abi) -> String {
    let text = match &function.extra {
        None => format!("HPy: `{}`, context index {}. {}", function.name(), function.index, source(function, abi)),
        Some(extra) => format!("An extra: HPy 0.9 has no such function. {}", source_of_extra(function, extra, abi)),
    };
    format!("\n\n# Source\n{text}")
}

/// What `HPy_NULL` does, and which types of object are needed and not checked.
fn nulls(function: &Function) -> String {
    let handles = function.prototype.parameters.iter().filter(|parameter| parameter.of.c == "HPy");
    let mut text = String::new();
    for name in handles.map(|parameter| &parameter.name) {
        let effect = match function.on_null(name) {
            Some("allowed") => continue,
            Some(exception) => format!("`HPy_NULL` as `{name}` raises `{exception}`. "),
            None => format!("`{name}` must not be `HPy_NULL`. "),
        };
        text.push_str(&effect);
        if let Some(needed) = function.unchecked(name) {
            text.push_str(&format!("That `{name}` is an instance of `{needed}` is not checked. "));
        }
    }
    if text.is_empty() { text } else { format!("\n\n# Handles\n{}", text.trim_end()) }
}

/// How the result is owned, and how an error shows.
fn returns(function: &Function) -> &'static str {
    let handle = function.prototype.result.c == "HPy";
    match function.error {
        ErrorValue::Null if handle => {
            "Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set."
        }
        ErrorValue::Null => "Returns null with an exception set on failure.",
        ErrorValue::NullQuiet if handle => {
            "Returns a new handle, which the caller closes, or `HPy_NULL`; an exception may be set then, `HPyErr_Occurred` tells."
        }
        ErrorValue::NullQuiet => "Returns null on failure, without an exception.",
        ErrorValue::AlwaysNull => {
            "Sets an exception and always returns `HPy_NULL`, so that `return` can stand before the call."
        }
        ErrorValue::MinusOne => "Returns -1 with an exception set on failure.",
        ErrorValue::MinusOneCheck => {
            "Returns -1 with an exception set on failure; as -1 can be a result too, `HPyErr_Occurred` tells."
        }
        ErrorValue::MinusTwo => "Returns -2 with an exception set on failure.",
        ErrorValue::Never if handle => "Returns a new handle, which the caller closes. It cannot fail.",
        ErrorValue::Never => "It cannot fail.",
        ErrorValue::Fatal => "Does not return: the process ends.",
    }
}

fn source(function: &Function, abi: &Abi) -> String {
    let Abi::CPython(target) = abi else {
        return format!("It is the member `{}` of the context.", function_member(function.name()));
    };
    match (&function.target, &function.stands_on, function.call(target.version)) {
        (_, _, Some(call)) => format!("CPython: `{}`.", call.function),
        (CallTarget::ByHand { reason }, None, _) => format!("CPython: none ({reason})."),
        (CallTarget::ByHand { reason }, Some(cpython), _) => format!("CPython: `{cpython}` ({reason})."),
        (CallTarget::Generated(_), cpython, None) => cpython
            .as_ref()
            .map_or_else(String::new, |cpython| format!("CPython: a few calls, of which the main one is `{cpython}`.")),
    }
}

fn source_of_extra(function: &Function, extra: &Extra, abi: &Abi) -> String {
    match (abi, extra) {
        (Abi::CPython(_), _) => source(function, abi),
        (_, Extra::Portable) => {
            "It is a function of this project's loader; through other loaders it is made of HPy 0.9's functions."
                .to_owned()
        }
        (_, Extra::NeedsLoader { reason }) => {
            format!(
                "It is a function of this project's loader. Through other loaders it raises `ImportError`: {reason}."
            )
        }
    }
}

/// A doc comment from Markdown.
pub fn comment(text: &str) -> String {
    let line =
        |line: &str| if line.trim().is_empty() { "///\n".to_owned() } else { format!("/// {}\n", line.trim_end()) };
    text.trim().lines().map(line).collect()
}
