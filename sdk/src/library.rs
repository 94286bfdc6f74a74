// sdk/src/library.rs: drops the unneeded objects of the static library: nearly all of Rust's standard library; hides the rest.
//
// A linker would drop them too. This is for the size of the SDK, which shrinks to a fiftieth or less.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::read::archive::ArchiveFile;
use object::{File, Object, ObjectSymbol};

use crate::hidden::hide;

/// A copy of the archive without unneeded members; the whole archive, which works too, if the copy fails.
pub fn reduced(built: PathBuf) -> PathBuf {
    let name = built.file_name().unwrap_or_default().to_string_lossy();
    let copy = built.with_file_name(format!("reduced-{name}"));
    if reduce(&built, &copy).is_some() { copy } else { built }
}

fn reduce(built: &Path, copy: &Path) -> Option<()> {
    let all = members(&fs::read(built).ok()?)?;
    let superfluous = superfluous(&all);
    fs::copy(built, copy).ok()?;
    let output = Command::new("ar").arg("ds").arg(copy).args(&superfluous).output().ok()?;
    // Check that the right objects are left: archives shorten and repeat names.
    let mut data = fs::read(copy).ok()?;
    let left = members(&data)?;
    if !output.status.success() || left.iter().any(|member| superfluous.contains(&member.name.as_str())) {
        return None;
    }
    hide(&mut data);
    fs::write(copy, data).ok()
}

/// The properties of an object in the archive.
struct Member {
    name: String,
    defined: BTreeSet<String>,
    undefined: BTreeSet<String>,
}

/// All members, or `None` if one of them is no object, or two have one name.
fn members(data: &[u8]) -> Option<Vec<Member>> {
    let mut all = Vec::new();
    for member in ArchiveFile::parse(data).ok()?.members() {
        let member = member.ok()?;
        let name = String::from_utf8(member.name().to_vec()).ok()?;
        let object = File::parse(member.data(data).ok()?).ok()?;
        let names = |wanted: fn(&object::Symbol<'_, '_>) -> bool| {
            let symbols = object.symbols().filter(|symbol| symbol.is_global() && wanted(symbol));
            symbols.filter_map(|symbol| symbol.name().ok().map(str::to_owned)).collect()
        };
        all.push(Member {
            name,
            defined: names(|symbol| symbol.is_definition()),
            undefined: names(|symbol| symbol.is_undefined()),
        });
    }
    let names: BTreeSet<_> = all.iter().map(|member| &member.name).collect();
    (names.len() == all.len()).then_some(all)
}

/// The unneeded members. Members with HPy's functions are needed, and so are, transitively, those that define their undefined
/// symbols.
fn superfluous(members: &[Member]) -> Vec<&str> {
    let mut definers = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        for name in &member.defined {
            // Of two members a linker takes the first.
            definers.entry(name).or_insert(index);
        }
    }
    let of_hpy = |member: &Member| member.defined.iter().any(|name| name.trim_start_matches('_').starts_with("HPy"));
    let mut open: Vec<_> = (0..members.len()).filter(|&index| of_hpy(&members[index])).collect();
    let mut needed = BTreeSet::new();
    while let Some(index) = open.pop() {
        if needed.insert(index) {
            open.extend(members[index].undefined.iter().filter_map(|name| definers.get(name)));
        }
    }
    members.iter().enumerate().filter(|(index, _)| !needed.contains(index)).map(|(_, member)| &*member.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, defined: &[&str], undefined: &[&str]) -> Member {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Member { name: name.to_owned(), defined: owned(defined), undefined: owned(undefined) }
    }

    #[test]
    fn what_hpy_needs_stays() {
        let members = [
            member("hpy.o", &["HPy_Add", "helper"], &["memcpy", "panic", "PyNumber_Add"]),
            member("arg.o", &["_HPyArg_Parse"], &["helper"]),
            member("panic.o", &["panic"], &["unwind"]),
            member("unwind.o", &["unwind"], &["panic"]),
            member("second.o", &["unwind"], &["print"]),
            member("print.o", &["print"], &["panic"]),
        ];
        assert_eq!(superfluous(&members), ["second.o", "print.o"]);
    }

    #[test]
    fn what_is_no_archive_stays_as_it_is() {
        let folder = std::env::temp_dir().join(format!("hpy-library-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("libhpy.a");
        fs::write(&file, "no archive").unwrap();
        assert_eq!(reduced(file.clone()), file);
        fs::remove_dir_all(folder).unwrap();
    }
}
