// abi-tests/probes/c.rs: the module `calls` in C.

use super::{Answer, Kind, Probe, table};

/// The source of the module.
pub fn module(probes: &[Probe<'_>]) -> String {
    let mut out = String::from(
        "/* Generated from shims/api by abi-tests/probes/c.rs. Do not edit. */\n#define FAMILY calls\n#include \"calls.h\"\n\n",
    );
    for probe in probes {
        out.push_str(&function(probe));
    }
    let lines: String = table(probes).iter().map(|line| format!("    \"{line}\\n\"\n")).collect();
    let names: String = probes.iter().map(|probe| format!(", DEF({})", probe.function.name())).collect();
    out.push_str(&format!("STRING(table, (ctx),\n{lines})\n\nMODULE(DEF(table){names})\n"));
    out
}

/// ```text
/// HPyDef_METH(calls_HPy_Add, "HPy_Add", HPyFunc_VARARGS)
/// static HPy calls_HPy_Add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
/// {
///     HPy given;
///     assert(nargs == 2);
///     given = HPy_Add(ctx, or_null(ctx, args[0]), or_null(ctx, args[1]));
///     return give_handle(ctx, given);
/// }
/// ```
fn function(probe: &Probe<'_>) -> String {
    let name = probe.function.name();
    let (mut before, mut arguments, mut after) = (String::new(), String::new(), String::new());
    let mut passed = 0;
    for (index, (kind, parameter)) in probe.parameters.iter().zip(&probe.function.prototype.parameters).enumerate() {
        let value = format!("args[{passed}]");
        if !matches!(kind, Kind::SizeOut | Kind::HandleOut | Kind::Null) {
            passed += 1;
        }
        arguments += &match kind {
            Kind::Handle if name == "HPy_Close" => format!(", HPy_Dup(ctx, or_null(ctx, {value}))"),
            Kind::Handle => format!(", or_null(ctx, {value})"),
            Kind::Handles => {
                before += &format!("    Items a{index} = handles(ctx, {value});\n");
                after += &format!("    close_all(ctx, a{index});\n");
                format!(", a{index}.handles")
            }
            Kind::Integer => format!(", ({})number(ctx, {value})", parameter.of.c),
            Kind::Bool => format!(", number(ctx, {value}) != 0"),
            Kind::Double => format!(", HPyFloat_AsDouble(ctx, {value})"),
            Kind::Text => format!(", c_string(ctx, {value})"),
            Kind::Pointer => format!(", some_pointer(number(ctx, {value}))"),
            Kind::SizeOut => {
                before += &format!("    HPy_ssize_t o{index} = UNWRITTEN;\n");
                format!(", &o{index}")
            }
            Kind::HandleOut => {
                before += &format!("    HPy o{index} = HPy_NULL;\n");
                format!(", &o{index}")
            }
            Kind::Null => ", NULL".to_owned(),
        };
    }
    let (declared, give) = match &probe.answer {
        Answer::Handle => ("HPy", "give_handle(ctx, given)".to_owned()),
        Answer::Quiet => ("HPy", "quiet(ctx, given)".to_owned()),
        Answer::Index => {
            ("HPy_ssize_t", "given == -2 ? give_handle(ctx, HPy_NULL) : give_ssize(ctx, given)".to_owned())
        }
        Answer::Text => ("const char *", "give_string(ctx, given)".to_owned()),
        Answer::Bytes(size) => ("const char *", format!("give_bytes(ctx, given, o{size})")),
        Answer::Pointer => ("const void *", "give_pointer(ctx, given)".to_owned()),
        Answer::None => ("", "give_none(ctx)".to_owned()),
        Answer::HandleOut(out) => {
            after += &format!("    /* An error leaves no value. */\n    assert(given >= 0 || HPy_IsNull(o{out}));\n");
            ("int", format!("given < 0 ? give_int32(ctx, given) : quiet(ctx, o{out})"))
        }
        Answer::SizesOut(outs) => {
            let (letters, outs): (String, String) = outs.iter().map(|out| ("n", format!(", o{out}"))).unzip();
            ("int", format!("given < 0 ? give_int32(ctx, given) : HPy_BuildValue(ctx, \"({letters})\"{outs})"))
        }
        Answer::Number(number) => {
            let give = match *number {
                "int" | "int32_t" => "give_int32",
                "uint32_t" | "HPy_UCS4" => "give_uint32",
                "int64_t" => "give_int64",
                "uint64_t" => "give_uint64",
                "size_t" => "give_size",
                "double" => "give_double",
                _ => "give_ssize",
            };
            (*number, format!("{give}(ctx, given)"))
        }
    };
    let declaration = if declared.is_empty() { String::new() } else { format!("    {declared} given;\n") };
    let assigned = if declared.is_empty() { "" } else { "given = " };
    format!(
        "HPyDef_METH(calls_{name}, \"{name}\", HPyFunc_VARARGS)\n\
         static HPy calls_{name}_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)\n{{\n{before}{declaration}    \
         (void)self;\n    (void)args;\n    assert(nargs == {passed});\n    {assigned}{name}(ctx{arguments});\n{after}    \
         return {give};\n}}\n\n"
    )
}
