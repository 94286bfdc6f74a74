// tests/table_errors.rs: the generator's errors for wrong tables, with the line and the remedy.

mod common;

use common::pythons as supported;
use hpy_generator::problems::Problems;
use hpy_generator::table::{self, validate};
use hpy_generator::target::pythons;

fn read(text: &str) -> Result<hpy_generator::model::Api, Problems> {
    table::read::read(&[("table.toml".to_owned(), text.to_owned())])
}

/// The errors of a table.
fn said(text: &str) -> String {
    match read(text) {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    }
}

/// A record of a function with these further lines.
fn function(lines: &str) -> String {
    format!(
        "[[function]]\nindex = 100\nc = \"HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)\"\ndoc = \"Adds `h1` and `h2`.\"\n{lines}\n"
    )
}

#[test]
fn a_right_record_is_accepted() {
    assert_eq!(said(&function("cpython = \"PyNumber_Add\"")), "");
}

#[test]
fn an_unknown_key_names_the_known_ones() {
    let said = said(&function("cpyhton = \"PyNumber_Add\""));
    assert!(
        said.starts_with(
            "error: unknown key `cpyhton`\n  --> table.toml:5\n  = help: the keys here are `index`, `extra`, `doc`, "
        ),
        "{said}"
    );
}

#[test]
fn a_wrong_type_is_named() {
    let said = said("[[function]]\nindex = \"100\"\nc = \"void HPyErr_Clear(HPyContext *ctx)\"\ndoc = \"Clears.\"\n");
    assert_eq!(
        said,
        "error: `index` is of type string, and an integer is needed\n  --> table.toml:1\n  = help: write an integer after `index =`"
    );
}

#[test]
fn an_unknown_c_type_is_refused() {
    let said = said("[[function]]\nindex = 1\nc = \"HPy HPy_X(HPyContext *ctx, PyObject *o)\"\ndoc = \"`o`\"\n");
    assert!(
        said.contains("`PyObject *` is not a type of this API (they are listed in generator/src/model/types.rs)"),
        "{said}"
    );
}

#[test]
fn an_argument_that_is_not_described_is_refused() {
    let said = said(
        "[[function]]\nindex = 1\nc = \"HPy HPy_X(HPyContext *ctx, HPy obj)\"\ndoc = \"Does it.\"\ncpython = \"PyObject_Y\"\n",
    );
    assert_eq!(
        said,
        "error: the doc of HPy_X does not say what `obj` is\n  --> table.toml:1\n  = help: mention the parameter in backticks"
    );
}

#[test]
fn a_row_equal_to_the_default_rule_is_refused() {
    let call = said(
        "[[function]]\nindex = 1\nc = \"HPy HPy_Repr(HPyContext *ctx, HPy obj)\"\ndoc = \"`obj`\"\ncpython = \"PyObject_Repr\"\n",
    );
    assert!(
        call.starts_with("error: `cpython = \"PyObject_Repr\"` is what the default rule gives for HPy_Repr\n"),
        "{call}"
    );
    let error = said(&function("error = \"null\"\ncpython = \"PyNumber_Add\""));
    assert!(error.starts_with("error: `error = \"null\"` is what the default rule gives for `HPy`\n"), "{error}");
    let handle = |lines: &str| said(&format!("[[handle]]\nindex = 5\nname = \"h_KeyError\"\ndoc = \"d\"\n{lines}"));
    let exception = handle("cpython = \"PyExc_KeyError\"\n");
    assert!(
        exception.starts_with("error: `cpython = \"PyExc_KeyError\"` is what the default rule gives\n"),
        "{exception}"
    );
    assert_eq!(handle("kind = \"call\"\ncpython = \"PyExc_KeyError\"\n"), "");
    let kind = handle("kind = \"exception\"\n");
    assert!(kind.starts_with("error: `kind = \"exception\"` is not known\n"), "{kind}");
}

#[test]
fn a_call_with_an_unknown_argument_is_refused() {
    let said = said(&function("cpython = \"PyNumber_Add(h1, h3)\""));
    assert!(said.starts_with("error: `h3` is no parameter of HPy_Add\n"), "{said}");
}

#[test]
fn a_type_that_cannot_be_passed_on_asks_for_by_hand() {
    let said = said("[[function]]\nindex = 1\nc = \"HPy HPyField_Get(HPyContext *ctx, HPyField f)\"\ndoc = \"`f`\"\n");
    assert!(said.contains("HPyField_Get takes a `HPyField`, which no generated call can pass on"), "{said}");
    assert!(said.contains("= help: say what the function does in a body, `body = "), "{said}");
}

#[test]
fn all_problems_are_reported_at_once() {
    let said = said("[[function]]\nindex = 1\n\n[[function]]\nc = \"HPy HPy_Y()\"\ndoc = \"d\"\n");
    assert!(said.matches("error: ").count() >= 4, "{said}");
    assert!(said.contains("table.toml:1") && said.contains("table.toml:4"), "{said}");
}

#[test]
fn text_that_is_no_toml_is_located() {
    let said = said("[[function]]\nindex = = 1\n");
    assert!(said.starts_with("error: this is not TOML: ") && said.contains("--> table.toml:2"), "{said}");
}

/// The errors of a table that parses.
fn said_of_whole(text: &str) -> String {
    let api = read(text).unwrap_or_else(|problems| panic!("{problems}"));
    validate::check(&api, &supported()).unwrap_err().to_string()
}

#[test]
fn indices_are_complete_and_unique() {
    let twice = format!(
        "{}{}",
        function("cpython = \"PyNumber_Add\""),
        function("cpython = \"PyNumber_Add\"").replace("HPy_Add", "HPy_Or")
    );
    let said = said_of_whole(&twice);
    assert!(said.contains("error: HPy_Or and HPy_Add both have the index 100\n  --> table.toml:6"), "{said}");
    assert!(said.contains("error: no record has the index 0, 1, 2, "), "{said}");
    let outside = said_of_whole(&function("cpython = \"PyNumber_Add\"").replace("index = 100", "index = 273"));
    assert!(outside.contains("HPy_Add has the index 273, and the context has the indices 0 to 272"), "{outside}");
}

#[test]
fn extras_are_numbered_without_a_gap() {
    let extra = |number, name: &str, more: &str| {
        format!("[[function]]\nextra = {number}\nc = \"int {name}(HPyContext *ctx)\"\ndoc = \"Does it.\"\n{more}\n")
    };
    let said = said_of_whole(&(extra(0, "HPyX_One", "") + &extra(2, "HPyX_Other", "")));
    assert!(said.contains("error: HPyX_Other is the extra 2, and the next one is 1"), "{said}");
    assert!(said.contains("= help: number the extras without a gap: `extra = 1`"), "{said}");
    let said = self::said(&extra(0, "HPyX_One", "index = 7"));
    assert!(said.starts_with("error: a function has `index` and `extra`\n  --> table.toml:1\n"), "{said}");
    let said = self::said(&function("needs_loader = \"why\""));
    assert!(said.starts_with("error: `needs_loader` is about extras, and this is a member of the context"), "{said}");
    let legacy = "[[function]]\nextra = 0\nc = \"HPy HPyX_One(HPyContext *ctx, cpy_PyObject *o)\"\ndoc = \"`o`\"\n";
    let said = said_of_whole(legacy);
    assert!(said.contains("error: the extra HPyX_One takes or gives a `cpy_PyObject *`"), "{said}");
}

#[test]
fn a_name_is_defined_once() {
    let twice = format!(
        "{}{}",
        function("cpython = \"PyNumber_Add\""),
        function("cpython = \"PyNumber_Add\"").replace("100", "101")
    );
    let said = said_of_whole(&twice);
    assert!(said.contains("error: `HPy_Add` is also defined at table.toml:1\n  --> table.toml:6"), "{said}");
}

#[test]
fn version_ranges_have_no_gap_and_no_overlap() {
    let ranged = |first: &str, second: &str| {
        said_of_whole(&function(&format!(
            "cpython = [{{ until = \"{first}\", call = \"A\" }}, {{ from = \"{second}\", call = \"B\" }}]"
        )))
    };
    assert!(ranged("3.11", "3.13").contains("HPy_Add has 0 CPython calls or bodies for 3.12, and one is needed"));
    assert!(ranged("3.12", "3.12").contains("HPy_Add has 2 CPython calls or bodies for 3.12, and one is needed"));
    assert!(!ranged("3.11", "3.12").contains("CPython calls or bodies for"));
    let empty = said(&function("cpython = [{ from = \"3.13\", until = \"3.12\", call = \"A\" }]"));
    assert!(empty.contains("error: the range 3.13 to 3.12 is empty"), "{empty}");
}

#[test]
fn a_slot_has_a_known_signature() {
    let said =
        said_of_whole("[[slot]]\nname = \"HPy_nb_add\"\nnumber = 7\nsignature = \"HPyFunc_NONE\"\ndoc = \"d\"\n");
    assert!(said.contains("error: slot HPy_nb_add has the unknown signature `HPyFunc_NONE`"), "{said}");
}

/// A record with `by_hand` has `stands_on` and `replaces`.
#[test]
fn by_hand_says_what_it_stands_on() {
    let by_hand = |lines: &str| said(&function(&format!("by_hand = \"a reason\"\n{lines}")));
    assert_eq!(by_hand("stands_on = \"PyNumber_Add\"\nreplaces = [\"PyNumber_Add\"]"), "");
    assert_eq!(by_hand("used_by = \"trampolines\"\nreplaces = []\nin_c = \"inline\""), "");
    let wrong = by_hand("replaces = []");
    assert!(wrong.contains("error: `stands_on` is missing\n"), "{wrong}");
    let wrong = by_hand("stands_on = \"PyNumber_Add\"");
    assert!(wrong.contains("error: HPy_Add does not say what it replaces for those who port\n"), "{wrong}");
    let wrong = by_hand("cpython = \"PyNumber_Add\"\nstands_on = \"PyNumber_Add\"\nreplaces = []");
    assert!(wrong.contains("error: unknown key `cpython`\n"), "{wrong}");
    let wrong = said(&function("cpython = \"PyNumber_Add\"\nin_c = \"inline\""));
    assert!(wrong.contains("error: HPy_Add is generated, and its C code too\n"), "{wrong}");
    let wrong = said(&function("cpython = \"PyNumber_Add\"\nin_c = \"library\""));
    assert!(wrong.contains("error: `in_c = \"library\"` is not known\n"), "{wrong}");
}

/// What is wrong with a body, by itself or in the whole table.
#[test]
fn bodies_are_checked() {
    let body = |text: &str| {
        let text = function(&format!("stands_on = \"PyNumber_Add\"\nreplaces = []\nbody = '{text}'"));
        match said(&text) {
            right if right.is_empty() => said_of_whole(&text),
            wrong => wrong,
        }
    };
    let right = body("when free_threaded { Py_INCREF(h1); } PyObject *sum = PyNumber_Add(h1, h2); return sum;");
    assert!(!right.contains("body"), "{right}");
    for (text, found) in [
        ("", "`body = \"\"`: there is no statement"),
        ("return h1", "it ends too early"),
        ("return PyNumber_Add(h1 h2);", "there is `h2` where `,` is needed"),
        ("if (h1 == NULL) return h1;", "there is `return` where `{` is needed"),
        ("return \"text;", "a string has no end: strings have no escapes"),
        ("return unlikely(h1, h2);", "`unlikely` has 2 arguments, and takes 1"),
        (&format!("return {}h1{};", "(".repeat(40), ")".repeat(40)), "it is nested deeper than 32 levels"),
        ("for (int i = 0; i < 2; i++) { }", "there is `int` where `HPy_ssize_t` is needed"),
        ("return h3;", "the body of HPy_Add uses `h3`, which is nothing"),
        ("PyObject *h1 = h2; return h1;", "the body of HPy_Add declares `h1`, which is a parameter"),
        ("return HPyNumber_Add(h1, h2);", "the body of HPy_Add calls `HPyNumber_Add`"),
        ("when sunny { Py_INCREF(h1); } return h1;", "the body of HPy_Add asks for the unknown fact `sunny`"),
    ] {
        let wrong = body(text);
        assert!(wrong.contains(found), "{text}: {wrong}");
        assert!(wrong.contains("= help: "), "{text}: {wrong}");
    }
    let both = said(&function("by_hand = \"why\"\nstands_on = \"PyNumber_Add\"\nreplaces = []\nbody = \"return h1;\""));
    assert!(both.contains("error: HPy_Add has a body, and is written by hand\n"), "{both}");
    let twice = said(&function("cpython = [{ call = \"PyNumber_Add\", body = \"return h1;\" }]"));
    assert!(twice.contains("error: a range has `body` and `call`\n"), "{twice}");
    let fragment =
        "[[fragment]]\nc = \"bool _HPy_IsX(cpy_PyObject *object)\"\ndoc = \"d\"\nbody = \"return object != NULL;\"\n";
    let unused = said_of_whole(fragment);
    assert!(unused.contains("error: no body calls the fragment _HPy_IsX\n"), "{unused}");
}

#[test]
fn what_is_replaced_is_of_the_c_api_and_said_once() {
    let said =
        |replaces: &str| said_of_whole(&function(&format!("cpython = \"PyNumber_Add\"\nreplaces = [{replaces}]")));
    assert!(!said("\"PyNumber_Plus\"").contains("replaces"));
    let wrong = said("\"HPy_Add\"");
    assert!(wrong.contains("error: HPy_Add replaces `HPy_Add`, which is not of the C API\n"), "{wrong}");
    for again in ["\"PyNumber_Add\"", "\"PyNumber_Plus\", \"PyNumber_Plus\""] {
        let wrong = said(again);
        assert!(wrong.contains(", which is said already\n"), "{wrong}");
    }
    let wrong = self::said(&function("replaces = \"PyNumber_Plus\""));
    assert!(wrong.contains("error: `replaces` is of type string, and an array of strings is needed\n"), "{wrong}");
    let wrong = self::said("[[helper]]\nname = \"HPyTuple_Pack\"\n");
    assert!(wrong.contains("error: `replaces` names nothing\n"), "{wrong}");
}

#[test]
fn what_is_said_of_handles_names_handles() {
    let said = |key: &str| read(&function(key)).unwrap_err().to_string();
    let wrong = said("null = \"h9: SystemError\"");
    assert!(
        wrong.contains("error: `null` names `h9`, and HPy_Add takes no handle or pointer of that name\n"),
        "{wrong}"
    );
    assert!(wrong.contains("= help: use the parameter names of the prototype"), "{wrong}");
    let wrong = said("unchecked = \"type\"");
    assert!(wrong.contains("`type` names no parameter: write `parameter: value`"), "{wrong}");
}

#[test]
fn pythons_toml_is_held_as_strictly() {
    let said = |text: &str| pythons::read(&("pythons.toml".to_owned(), text.to_owned())).unwrap_err().to_string();
    let limits = "minimum = \"3.9\"\nmaximum = \"3.15\"\nminimum_free_threaded = \"3.14\"\n";
    assert!(said("maximum = \"3.15\"\nminimum_free_threaded = \"3.14\"\n").contains("error: `minimum` is missing"));
    assert!(said(&limits.replace("3.9", "three")).contains("`three` is no Python version of the form 3.12"));
    assert!(said(&limits.replace("\"3.9\"", "\"3.16\"")).contains("error: the minimum 3.16 is above the maximum 3.15"));
    assert!(said(&format!("{limits}[[fact]]\nname = \"a\"\n")).contains("error: `doc` is missing"));
    let twice = format!("{limits}[[fact]]\nname = \"a\"\ndoc = \"d\"\n[[fact]]\nname = \"a\"\ndoc = \"d\"\n");
    assert!(said(&twice).contains("error: fact `a` is given twice\n  --> pythons.toml:7"), "{}", said(&twice));
}

/// A record of a unit of the argument parsers with these further lines.
fn arg_unit(unit: &str, lines: &str) -> String {
    format!("[[arg_unit]]\nunit = \"{unit}\"\npython = \"int\"\ndoc = \"d\"\n{lines}\n")
}

#[test]
fn a_unit_can_be_told_from_the_rest_of_a_format() {
    let said = |unit: &str| said(&arg_unit(unit, "code = \"~\"\nwrites = [\"int\"]\ncall = \"HPy_IsTrue\""));
    for right in ["s#", "y*", "es#", "O!", "O&", "ld li"] {
        assert_eq!(said(right), "");
    }
    for wrong in ["|", "#s", "i:", "%", "é", "1"] {
        let said = said(wrong);
        let found = format!("error: `{wrong}` cannot be told from the rest of a format\n  --> table.toml:1\n");
        assert!(said.starts_with(&found) && said.contains("= help: spell a unit with ASCII letters"), "{said}");
    }
    let missing =
        self::said("[[arg_unit]]\nwrites = [\"int\"]\npython = \"int\"\ndoc = \"d\"\ncall = \"HPy_IsTrue\"\n");
    assert!(missing.starts_with("error: `unit` is missing\n"), "{missing}");
}

#[test]
fn a_unit_has_a_code_of_one_character() {
    let said =
        |unit: &str, code: &str| said(&arg_unit(unit, &format!("{code}\nwrites = [\"int\"]\ncall = \"HPy_IsTrue\"")));
    assert_eq!(said("i", ""), "");
    assert_eq!(said("es", "code = \"e\""), "");
    let none = said("es", "");
    assert!(none.starts_with("error: the unit `es` has more than one letter, and no code\n"), "{none}");
    assert!(none.contains("= help: add `code = \"...\"`: a character that stands for no other unit"), "{none}");
    for code in ["es", "", "é", "'", "\\\\"] {
        let said = said("es", &format!("code = \"{code}\""));
        assert!(said.contains("` is not one character\n") && said.contains("= help: use a letter"), "{said}");
    }
    let default = said("i", "code = \"i\"");
    assert!(default.starts_with("error: `code = \"i\"` is what the default rule gives\n"), "{default}");
}

#[test]
fn a_unit_names_c_types() {
    let said = |lines: &str| said(&arg_unit("i", &format!("{lines}\ncall = \"HPy_IsTrue\"")));
    for none in ["", "writes = []"] {
        let said = said(none);
        assert!(said.starts_with("error: `writes` names no type\n"), "{said}");
        assert!(said.contains("= help: add a line `writes = [\"...\"]`: a C type for each argument"), "{said}");
    }
    for unknown in ["complex", "void"] {
        let said = said(&format!("writes = [\"{unknown}\"]"));
        assert!(said.starts_with(&format!("error: `{unknown}` is no C type of the API\n")), "{said}");
        assert!(said.contains("= help: use one that generator/src/model/types.rs has, or add it there"), "{said}");
    }
}

#[test]
fn a_unit_of_arguments_has_one_conversion() {
    let said = |lines: &str| said(&arg_unit("i", &format!("writes = [\"int\"]\n{lines}")));
    for right in ["call = \"a\"", "call = \"a\"\nrange = \"b\"", "convert = \"a\""] {
        assert_eq!(said(right), "");
    }
    for wrong in ["", "range = \"b\"", "call = \"a\"\nconvert = \"b\"", "convert = \"a\"\nrange = \"b\""] {
        let said = said(wrong);
        assert!(said.starts_with("error: the unit `i` has no conversion, or more than one\n"), "{said}");
        assert!(said.contains("= help: write `call = \"...\"`, also with `range = \"...\"`, or `convert"), "{said}");
    }
    let two = self::said(&arg_unit("i", "writes = [\"int\", \"long\"]\ncall = \"a\""));
    assert!(two.starts_with("error: the unit `i` writes 2 variables, and a number is one\n"), "{two}");
    assert!(two.contains("= help: name a function of src/helpers/arg/units.rs that returns all of them"), "{two}");
}

#[test]
fn a_unit_of_values_takes_what_variable_arguments_have() {
    let said = |table: &str, lines: &str| {
        let python = if table == "value_unit" { "python = \"int\"\n" } else { "" };
        said(&format!("[[{table}]]\nunit = \"i\"\n{python}doc = \"d\"\nby = \"a\"\n{lines}\n"))
    };
    for table in ["value_unit", "format_unit"] {
        assert_eq!(said(table, "takes = [\"int\"]\nrust = [\"c_int\", \"char\"]"), "");
        assert_eq!(said(table, "takes = [\"const char *\", \"HPy_ssize_t\"]"), "");
        let short = said(table, "takes = [\"short\"]");
        assert!(short.starts_with("error: `short` is no type of a variable argument that is a value\n"), "{short}");
        assert!(short.contains("= help: use one of: int, unsigned int, long, "), "{short}");
        let two = said(table, "takes = [\"int\", \"int\"]\nrust = [\"char\"]");
        assert!(two.starts_with("error: the unit `i` takes 2 values, and `rust` is about one\n"), "{two}");
        assert!(two.contains("= help: remove `rust`"), "{two}");
    }
    let pads = said("format_unit", "takes = [\"int\"]\npads = \"spaces\"");
    assert!(pads.starts_with("error: `pads = \"spaces\"` is not known\n"), "{pads}");
}

#[test]
fn units_are_told_apart() {
    let right = "writes = [\"int\"]\ncall = \"a\"\n";
    let said = |second: &str| said_of_whole(&(arg_unit("i", right) + second));
    let twice = said(&arg_unit("i", right));
    assert!(twice.contains("error: the unit `i` is defined twice\n  --> table.toml:8\n"), "{twice}");
    assert!(twice.contains("= help: remove one of the two records"), "{twice}");
    let coded = said(&arg_unit("es", &format!("code = \"i\"\n{right}")));
    assert!(coded.contains("error: the units `i` and `es` have the code `i`\n  --> table.toml:8\n"), "{coded}");
    assert!(coded.contains("= help: give one of them another `code`"), "{coded}");
    // Another format may have the same letter.
    let other = "[[value_unit]]\nunit = \"i\"\ntakes = [\"int\"]\npython = \"int\"\ndoc = \"d\"\nby = \"a\"\n";
    assert!(!said(other).contains("the unit"), "{}", said(other));
}
