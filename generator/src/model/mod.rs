// generator/src/model/mod.rs: the model of the table: what HPy's API consists of, each thing with the line it comes from.

pub mod body;
pub mod call;
pub mod context;
pub mod packed;
pub mod porting;
pub mod prototype;
pub mod types;
pub mod units;

use std::str::FromStr;

use crate::model::body::{Body, Expression, Statement};
use crate::model::call::Call;
use crate::model::porting::Porting;
use crate::model::prototype::Prototype;
use crate::model::units::Units;
use crate::problems::Place;
use crate::target::abi::Abi;
use crate::target::version::{Range, Version};

/// The whole table.
#[derive(Debug, Default)]
pub struct Api {
    pub handles: Vec<Handle>,
    /// The members of the context that are functions, in its order.
    pub functions: Vec<Function>,
    /// The functions that HPy 0.9 lacks, in the order of the table of extras.
    pub extras: Vec<Function>,
    pub slots: Vec<Slot>,
    pub signatures: Vec<Signature>,
    pub enums: Vec<Enum>,
    pub constants: Vec<Constant>,
    pub porting: Porting,
    pub fragments: Vec<Fragment>,
    /// In the order of the table that they make.
    pub host_functions: Vec<HostFunction>,
    pub units: Units,
}

/// A member of the context that is a handle: a constant, an exception or a type.
#[derive(Debug)]
pub struct Handle {
    pub place: Place,
    pub index: i64,
    pub name: String,
    pub kind: HandleKind,
    pub doc: String,
    /// `Py_None`, `PyExc_ValueError`, `PyLong_Type` or `PyEval_GetBuiltins`.
    pub cpython: String,
}

/// What CPython has in the place of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleKind {
    /// An object that there is one of: `Py_None`.
    Singleton,
    /// A variable that holds an exception class.
    Exception,
    /// A variable that is a type.
    Type,
    /// A function without arguments: the object belongs to one interpreter, and is asked for on each use.
    Call,
}

/// A function: a member of the context, or an extra.
#[derive(Debug)]
pub struct Function {
    pub place: Place,
    /// Its place in the context, or in the table of extras.
    pub index: i64,
    /// What it is in the loader ABIs, if it is an extra.
    pub extra: Option<Extra>,
    pub prototype: Prototype,
    pub doc: String,
    pub raises: Option<String>,
    pub error: ErrorValue,
    /// What `HPy_NULL` or `NULL` does; a handle or pointer that is not among them must not be null.
    pub nulls: Pairs,
    /// The Python types that handles must be instances of, as nobody checks that.
    pub unchecked: Pairs,
    pub target: CallTarget,
    /// The CPython function that it stands on, if it is not one call, and has code in the native ABI.
    pub stands_on: Option<String>,
    /// What of the C API it replaces for those who port, beside the calls that it is.
    pub replaces: Vec<String>,
    /// Whether a header that is written by hand has it for C, in the native ABI and in the loader ABIs.
    pub inline: Inline,
    /// Why it is more in the loader ABIs than a call of the context's member.
    pub loader_by_hand: Option<String>,
    /// Why it is more in the contexts of this project's loader than the function of the native ABI.
    pub context_by_hand: Option<String>,
    /// Why it is more in the debug context than checks around the native function.
    pub debug_by_hand: Option<String>,
    /// Whether a thread that is out of the interpreter may call it.
    pub anywhere: bool,
    /// The parameter whose handle or builder is closed by the call.
    pub ends: Option<String>,
    /// Whether the trampolines of the loader ABIs alone call it. The native ABI has no such function.
    pub is_for_trampolines: bool,
}

/// What an extra is through other loaders than this project's.
#[derive(Debug)]
pub enum Extra {
    /// A function of `src/loader/extras/`, in terms of HPy 0.9's.
    Portable,
    /// It raises `ImportError`, as HPy 0.9 has nothing to make it of, for this reason.
    NeedsLoader { reason: String },
}

/// Whether a header that is written by hand defines a function for C.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    pub native: bool,
    pub loader: bool,
}

/// What a record says of its parameters: `obj: SystemError, key: SystemError`.
#[derive(Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

/// What a function is translated to.
#[derive(Debug)]
pub enum CallTarget {
    /// What the record says, depending on the version.
    Generated(Vec<(Range, Code)>),
    /// Code in `src/` and `shims/include/`, for this reason.
    ByHand { reason: String },
}

/// What a record says that a function does.
#[derive(Debug)]
pub enum Code {
    /// One CPython call.
    Call(Call),
    /// More than that.
    Body(Body),
}

/// A part that bodies share: a function of the native ABI that is no part of the API.
#[derive(Debug)]
pub struct Fragment {
    pub place: Place,
    pub prototype: Prototype,
    pub doc: String,
    pub body: Body,
    /// Whether compilers keep it out of the code of its callers; else it becomes a part of them.
    pub out_of_line: Option<OutOfLine>,
}

/// Why a fragment is kept out of the code of its callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfLine {
    /// It is the way of a failure.
    Cold,
    /// It is the slow way: without its code, compilers inline the function that has it.
    Slow,
}

/// A function of the table that the contexts of this project's loader end with.
#[derive(Debug)]
pub struct HostFunction {
    pub place: Place,
    pub prototype: Prototype,
    pub doc: String,
}

/// How a caller sees that a function failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorValue {
    /// NULL, with an exception set.
    Null,
    /// NULL, with or without an exception.
    NullQuiet,
    /// NULL always, with an exception set: the function exists to raise.
    AlwaysNull,
    /// -1, with an exception set.
    MinusOne,
    /// -1, which may also be a result: `HPyErr_Occurred` tells.
    MinusOneCheck,
    /// -2, with an exception set: -1 is a result.
    MinusTwo,
    /// It cannot fail.
    Never,
    /// It ends the process.
    Fatal,
}

/// A slot of a type or a module.
#[derive(Debug)]
pub struct Slot {
    pub place: Place,
    pub name: String,
    pub number: i64,
    pub signature: String,
    /// The convention of the trampoline, where it is another one.
    pub trampoline: Option<String>,
    pub doc: String,
    /// The methods that Python finds in the slot, by their names.
    pub methods: Vec<String>,
    /// The CPython slot, or nothing where it is HPy's own.
    pub cpython: Option<String>,
    /// Whether modules have it, and not types.
    pub is_of_module: bool,
    /// What of the C API it replaces for those who port, beside the slot that it is.
    pub replaces: Vec<String>,
}

/// A calling convention.
#[derive(Debug)]
pub struct Signature {
    pub place: Place,
    pub name: String,
    pub number: i64,
    pub prototype: Prototype,
    pub typedef: String,
    pub cpython: String,
    pub by_hand: Option<String>,
    /// Why its trampoline in the loader ABIs is written by hand; one without a context always is.
    pub loader_by_hand: Option<String>,
    pub doc: String,
    /// Whether `HPy_NULL` without an exception is a result.
    pub is_quiet: bool,
    /// Whether it is a convention of CPython, which HPy only passes on.
    pub is_passed_on: bool,
    /// The second function of a definition that the native runtime calls.
    pub second: Option<Second>,
    /// Whether a definition's `impl` is the implementation in the native ABI, and not what calls the trampoline.
    pub impl_is_implementation: bool,
}

/// A function that the native runtime calls beside the trampoline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// What the trampoline comes with: `SYM_direct`.
    Direct,
    /// The implementation.
    Implementation,
    /// The `tp_call` that the trampoline comes with: `SYM_tp_call`.
    TypeCall,
    /// The `tp_dealloc` that the trampoline comes with: `SYM_dealloc`.
    Dealloc,
    /// Two of them, the other one for types with `HPy_tp_destroy`: `SYM_dealloc_destroy`.
    Deallocs,
}

/// A C enumeration.
#[derive(Debug)]
pub struct Enum {
    pub place: Place,
    pub name: String,
    pub doc: String,
    pub values: Vec<Constant>,
}

/// A constant of its own, or a member of an enumeration.
#[derive(Debug)]
pub struct Constant {
    pub place: Place,
    pub name: String,
    /// The C type; empty for a member of an enumeration.
    pub c_type: String,
    pub value: i64,
    /// Whether it is 0 in the loader ABIs.
    pub cpython_only: bool,
    pub doc: String,
}

impl Api {
    /// The functions of the context and the extras.
    pub fn all_functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().chain(&self.extras)
    }
}

impl Pairs {
    fn of(&self, parameter: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == parameter).map(|(_, value)| value.as_str())
    }
}

impl FromStr for Pairs {
    type Err = String;

    fn from_str(text: &str) -> Result<Pairs, String> {
        let pair = |pair: &str| match pair.split_once(": ") {
            Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
            None => Err(format!("`{pair}` names no parameter: write `parameter: value`")),
        };
        text.split(", ").map(pair).collect::<Result<_, _>>().map(Pairs)
    }
}

impl Handle {
    /// Whether the handle belongs to one interpreter: then it is asked for on each use.
    pub fn is_call(&self) -> bool {
        self.kind == HandleKind::Call
    }
}

impl Function {
    pub fn name(&self) -> &str {
        &self.prototype.name
    }

    /// What `HPy_NULL` or `NULL` does as the argument for a parameter: the exception that is raised, or `allowed`. Nothing if that is
    /// undefined.
    pub fn on_null(&self, parameter: &str) -> Option<&str> {
        self.nulls.of(parameter)
    }

    /// The Python type that the argument for a parameter must be an instance of, if that is not checked.
    pub fn unchecked(&self, parameter: &str) -> Option<&str> {
        self.unchecked.of(parameter)
    }

    /// Whether the function is for extensions that use CPython's API too.
    pub fn is_legacy(&self) -> bool {
        self.prototype.result.c == "cpy_PyObject *"
            || self.prototype.parameters.iter().any(|parameter| parameter.of.c == "cpy_PyObject *")
    }

    /// The CPython functions that it is on some version; none if it is more than a call.
    pub fn calls(&self) -> Vec<&str> {
        self.codes().iter().filter_map(|(_, code)| code.call()).map(|call| call.function.as_str()).collect()
    }

    /// What the record says that it does, by version; nothing if it is written by hand.
    pub fn codes(&self) -> &[(Range, Code)] {
        match &self.target {
            CallTarget::Generated(codes) => codes,
            CallTarget::ByHand { .. } => &[],
        }
    }

    /// Whether the function is part of an ABI.
    pub fn is_in(&self, abi: &Abi) -> bool {
        match abi {
            Abi::CPython(_) => !self.is_for_trampolines,
            Abi::Universal => !self.is_legacy(),
            Abi::Hybrid(_) => true,
        }
    }

    /// What it does on `version`, or nothing if the function is written by hand.
    pub fn code(&self, version: Version) -> Option<&Code> {
        let codes = self.codes();
        // A version outside the supported range gets the nearest code.
        codes
            .iter()
            .find(|(range, _)| range.contains(version))
            .or_else(|| if codes.first()?.0.until < Some(version) { codes.last() } else { codes.first() })
            .map(|(_, code)| code)
    }

    /// The CPython call that it is on `version`, if it is one.
    pub fn call(&self, version: Version) -> Option<&Call> {
        self.code(version)?.call()
    }
}

impl Code {
    fn call(&self) -> Option<&Call> {
        match self {
            Code::Call(call) => Some(call),
            Code::Body(_) => None,
        }
    }

    /// The statements: those of a body, or of a function that is one call.
    pub fn body(&self, function: &Function) -> Body {
        match self {
            Code::Body(body) => body.clone(),
            Code::Call(call) => {
                let call = call.expression(&function.prototype);
                Body(match function.error {
                    // Some of these CPython functions return nothing.
                    ErrorValue::AlwaysNull => vec![Statement::Run(call), Statement::Return(Expression::Null)],
                    _ if function.prototype.result.is_void() => vec![Statement::Run(call)],
                    _ => vec![Statement::Return(call)],
                })
            }
        }
    }
}
