// abi-tests/probes/mod.rs: a module `calls` from the table, in Rust and in C: each function of the API that takes plain
// values, callable from Python with any objects, and the table's promises about `HPy_NULL` and kinds of object.
//
// `...` stands for `HPy_NULL` and for a null pointer, as an argument and as a result. An array of handles is a list or a tuple.

pub mod c;
pub mod rust;

use std::path::Path;

use hpy_generator::Sources;
use hpy_generator::model::types::Type;
use hpy_generator::model::{Api, ErrorValue, Function};
use hpy_generator::table;

/// The table of this repository.
pub fn api() -> Api {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = || table::read::read(&Sources::read(&root)?.table);
    read().unwrap_or_else(|problems| panic!("{problems}"))
}

/// How a parameter is made from what Python passes.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Handle,
    Handles,
    Integer,
    Bool,
    Double,
    Text,
    /// Any pointer: null for 0, and memory that stays for any other number.
    Pointer,
    /// A number that the function writes: Python passes nothing.
    SizeOut,
    /// A handle that the function writes: Python passes nothing.
    HandleOut,
    /// Always null: Python passes nothing.
    Null,
}

/// How a result is given to Python.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// A handle, and never none without an exception.
    Handle,
    /// A handle, and `...` for none without an exception.
    Quiet,
    Number(&'static str),
    /// An index, or -1 for none: the error code is -2.
    Index,
    Text,
    /// The `bytes` at a pointer: as many as the parameter with this index says.
    Bytes(usize),
    /// An address.
    Pointer,
    None,
    /// The handle that the parameter with this index says; the result is an error code.
    HandleOut(usize),
    /// A tuple of the numbers that the parameters with these indices say; the result is an error code.
    SizesOut(Vec<usize>),
}

/// A function of the API that Python can call with plain values.
pub struct Probe<'a> {
    pub function: &'a Function,
    pub parameters: Vec<Kind>,
    pub answer: Answer,
}

/// Functions that end the process, write to the terminal, release the interpreter, leave an exception, belong to others in pairs,
/// or give memory.
const LEFT_OUT: &[&str] = &[
    "HPy_FatalError",
    "HPyErr_WriteUnraisable",
    "HPy_LeavePythonExecution",
    "HPyErr_GetRaisedException",
    "HPyErr_SetRaisedException",
    "HPyErr_SetNone",
    "HPy_EnterRecursiveCall",
    "HPy_LeaveRecursiveCall",
    "HPyErr_Print",
];

/// The functions that can be called so.
pub fn probes(api: &Api) -> Vec<Probe<'_>> {
    api.all_functions().filter_map(probe).collect()
}

fn probe(function: &Function) -> Option<Probe<'_>> {
    let name = function.name();
    if name.starts_with('_') || name.starts_with("HPyMem_") || LEFT_OUT.contains(&name) {
        return None;
    }
    let parameters: Vec<_> =
        function.prototype.parameters.iter().map(|parameter| kind(parameter.of)).collect::<Option<_>>()?;
    let outs = |kind| (0..parameters.len()).filter(|&index| parameters[index] == kind).collect::<Vec<_>>();
    let answer = match (answer(function)?, outs(Kind::HandleOut).as_slice(), outs(Kind::SizeOut).as_slice()) {
        (answer, [], []) => answer,
        (Answer::Text, [], &[size]) => Answer::Bytes(size),
        (Answer::Number("int" | "int32_t"), &[handle], []) => Answer::HandleOut(handle),
        (Answer::Number("int" | "int32_t"), [], sizes) => Answer::SizesOut(sizes.to_vec()),
        _ => return None,
    };
    Some(Probe { function, parameters, answer })
}

fn kind(of: &Type) -> Option<Kind> {
    Some(match of.c {
        "HPy" => Kind::Handle,
        "const HPy *" => Kind::Handles,
        "bool" => Kind::Bool,
        "double" => Kind::Double,
        "const char *" => Kind::Text,
        "void *" => Kind::Pointer,
        "HPy_ssize_t *" => Kind::SizeOut,
        "HPy *" => Kind::HandleOut,
        "HPyCapsule_Destructor *" => Kind::Null,
        "int" | "long" | "int32_t" | "uint32_t" | "int64_t" | "uint64_t" | "size_t" | "HPy_ssize_t"
        | "HPy_SourceKind" | "_HPyCapsule_key" => Kind::Integer,
        _ => return None,
    })
}

fn answer(function: &Function) -> Option<Answer> {
    Some(match (function.prototype.result.c, function.error) {
        ("HPy", ErrorValue::Never | ErrorValue::NullQuiet) => Answer::Quiet,
        ("HPy", _) => Answer::Handle,
        ("HPy_ssize_t", ErrorValue::MinusTwo) => Answer::Index,
        ("const char *", _) => Answer::Text,
        ("void *", _) => Answer::Pointer,
        ("void", _) => Answer::None,
        (
            number @ ("int" | "int32_t" | "uint32_t" | "int64_t" | "uint64_t" | "size_t" | "HPy_ssize_t" | "HPy_hash_t"
            | "HPy_UCS4" | "double"),
            _,
        ) => Answer::Number(number),
        _ => return None,
    })
}

/// A line for each function: its name, and for each value that Python passes the parameter, its kind, what `HPy_NULL`
/// does and what type of object is needed, `?` for neither. `abi-tests/python/calls.py` reads it.
pub fn table(probes: &[Probe<'_>]) -> Vec<String> {
    let line = |probe: &Probe<'_>| {
        let mut line = probe.function.name().to_owned();
        for (parameter, kind) in probe.function.prototype.parameters.iter().zip(&probe.parameters) {
            let kind = match kind {
                Kind::Handle => "handle",
                Kind::Handles => "handles",
                Kind::Integer | Kind::Bool => "integer",
                Kind::Double => "double",
                Kind::Text => "text",
                Kind::Pointer => "pointer",
                Kind::SizeOut | Kind::HandleOut | Kind::Null => continue,
            };
            // Python passes no pointer that is null.
            let null = probe.function.on_null(&parameter.name).filter(|_| parameter.is_handle()).unwrap_or("?");
            let needed = probe.function.unchecked(&parameter.name).unwrap_or("?");
            line += &format!(" {}:{kind}:{null}:{needed}", parameter.name);
        }
        line
    };
    probes.iter().map(line).collect()
}
