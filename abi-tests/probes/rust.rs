// abi-tests/probes/rust.rs: the module `calls` in Rust.

use super::{Answer, Kind, Probe, table};

/// The file that `abi-tests/src/calls.rs` includes.
pub fn module(probes: &[Probe<'_>]) -> String {
    let mut out = String::from("// Generated from shims/api by abi-tests/probes/rust.rs. Do not edit.\n\n");
    for probe in probes {
        out.push_str(&function(probe));
    }
    let names: Vec<_> = probes.iter().map(|probe| format!("probe_{}", probe.function.name())).collect();
    out.push_str(&format!(
        "const TABLE: &str = {:?};\n\npub static CALLS: HPyModuleDef = HPyModuleDef!(defines = [table, {}]);\n",
        table(probes).join("\n"),
        names.join(", ")
    ));
    out
}

/// ```text
/// HPyDef_METH!(probe_HPy_Add, "HPy_Add", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
///     let [p0, p1] = arguments("HPy_Add", args, nargs);
///     let given = HPy_Add(ctx, or_null(ctx, p0), or_null(ctx, p1));
///     given.give(ctx)
/// });
/// ```
fn function(probe: &Probe<'_>) -> String {
    let name = probe.function.name();
    let (mut names, mut before, mut arguments, mut after) = (Vec::new(), String::new(), String::new(), String::new());
    for (index, (kind, parameter)) in probe.parameters.iter().zip(&probe.function.prototype.parameters).enumerate() {
        let passed = !matches!(kind, Kind::SizeOut | Kind::HandleOut | Kind::Null);
        if passed {
            names.push(format!("p{index}"));
        }
        arguments += &match kind {
            Kind::Handle if name == "HPy_Close" => format!(", HPy_Dup(ctx, or_null(ctx, p{index}))"),
            Kind::Handle => format!(", or_null(ctx, p{index})"),
            Kind::Handles => {
                before += &format!("    let a{index} = handles(ctx, p{index});\n");
                after += &format!("    close_all(ctx, a{index}.unwrap_or_default());\n");
                format!(", array(&a{index})")
            }
            Kind::Integer => format!(", int(ctx, p{index}) as {}", parameter.of.rust),
            Kind::Bool => format!(", int(ctx, p{index}) != 0"),
            Kind::Double => format!(", HPyFloat_AsDouble(ctx, p{index})"),
            Kind::Text => format!(", c_string(ctx, p{index})"),
            Kind::Pointer => format!(", pointer(int(ctx, p{index}))"),
            Kind::SizeOut => {
                before += &format!("    let mut o{index} = UNWRITTEN;\n");
                format!(", &mut o{index}")
            }
            Kind::HandleOut => {
                before += &format!("    let mut o{index} = HPy_NULL;\n");
                format!(", &mut o{index}")
            }
            Kind::Null => ", core::ptr::null()".to_owned(),
        };
    }
    let give = match &probe.answer {
        Answer::Quiet => "quiet(ctx, given)".to_owned(),
        Answer::Index => "if given == -2 { HPy_NULL.give(ctx) } else { given.give(ctx) }".to_owned(),
        Answer::Bytes(size) => format!("bytes(ctx, given, o{size})"),
        Answer::HandleOut(out) => {
            after += &format!("    assert!(given >= 0 || HPy_IsNull(o{out}), \"an error leaves no value\");\n");
            format!("if given < 0 {{ given.give(ctx) }} else {{ quiet(ctx, o{out}) }}")
        }
        Answer::SizesOut(outs) => {
            let outs: Vec<_> = outs.iter().map(|out| format!("o{out}")).collect();
            format!("if given < 0 {{ given.give(ctx) }} else {{ [{}].give(ctx) }}", outs.join(", "))
        }
        Answer::Handle | Answer::Number(_) | Answer::Text | Answer::Pointer | Answer::None => {
            "given.give(ctx)".to_owned()
        }
    };
    format!(
        "HPyDef_METH!(probe_{name}, {name:?}, HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {{\n    \
         let [{}] = arguments({name:?}, args, nargs);\n{before}    \
         #[allow(clippy::let_unit_value)]\n    let given = {name}(ctx{arguments});\n{after}    {give}\n}});\n\n",
        names.join(", ")
    )
}
