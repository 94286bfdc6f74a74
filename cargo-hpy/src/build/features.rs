// cargo-hpy/src/build/features.rs: chooses the ABI of a package by its features.

use super::package::{Dependency, Package};
use crate::abi::Abi;
use crate::error::{Error, Result};

/// The arguments for cargo that build `package` for `abi`, with its other default features.
pub fn arguments(package: &Package, abi: Abi) -> Result<Vec<String>> {
    let has = |abi: Abi| package.features.contains_key(abi.name());
    if !has(abi) {
        // A plain dependency on hpy-sys is for the native ABI.
        let is_native = abi == Abi::Cpython && !Abi::ALL.into_iter().any(has);
        return if is_native { Ok(Vec::new()) } else { Err(missing(package, abi)) };
    }
    let default = package.features.get("default").map_or(&[][..], Vec::as_slice);
    let is_abi = |name: &&String| Abi::ALL.iter().any(|abi| abi.name() == name.as_str());
    let chosen: Vec<_> = default.iter().filter(is_abi).collect();
    if chosen == [abi.name()] {
        return Ok(Vec::new());
    }
    let others = default.iter().filter(|name| !is_abi(name)).map(String::as_str);
    let features: Vec<_> = std::iter::once(abi.name()).chain(others).collect();
    Ok(vec!["--no-default-features".to_owned(), "--features".to_owned(), features.join(",")])
}

fn missing(package: &Package, abi: Abi) -> Error {
    let (name, dependency) = match package.hpy_sys() {
        Some(dependency) => (dependency.rename.as_ref().unwrap_or(&dependency.name).as_str(), line(dependency)),
        None => ("hpy-sys", "version = \"0.1\", default-features = false, features = [\"std\"]".to_owned()),
    };
    Error::new(
        format!("package `{}` has no feature `{}`, which would choose that ABI", package.name, abi.name()),
        format!(
            "write in {}:\n\n\
             [dependencies]\n\
             {name} = {{ {dependency} }}\n\n\
             [features]\n\
             default = [\"cpython\"]\n\
             cpython = [\"{name}/cpython\", \"{name}/extension-module\"]\n\
             universal = [\"{name}/universal\"]\n\
             hybrid = [\"{name}/hybrid\", \"{name}/extension-module\"]",
            package.manifest_path.display()
        ),
    )
}

/// The dependency on hpy-sys without a choice of the ABI.
fn line(dependency: &Dependency) -> String {
    let mut parts = Vec::new();
    if dependency.rename.is_some() {
        parts.push(format!("package = \"{}\"", dependency.name));
    }
    match (&dependency.path, dependency.source.as_deref().and_then(|source| source.strip_prefix("git+"))) {
        (Some(path), _) => parts.push(format!("path = \"{}\"", path.display())),
        (None, Some(git)) => parts.push(format!("git = \"{}\"", git.split(['?', '#']).next().unwrap_or(git))),
        (None, None) => parts.push(format!("version = \"{}\"", dependency.req.trim_start_matches('^'))),
    }
    parts.push("default-features = false".to_owned());
    let of_abi = |name: &str| name == "extension-module" || Abi::ALL.iter().any(|abi| abi.name() == name);
    let mut features: Vec<_> =
        dependency.features.iter().filter(|name| !of_abi(name)).map(|name| format!("\"{name}\"")).collect();
    if dependency.uses_default_features {
        features.insert(0, "\"std\"".to_owned());
    }
    parts.push(format!("features = [{}]", features.join(", ")));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(features: serde_json::Value, dependency: serde_json::Value) -> Package {
        let package = json!({
            "name": "p", "manifest_path": "/p/Cargo.toml", "features": features, "dependencies": [dependency], "targets": [],
        });
        serde_json::from_value(package).expect("it has all that is read")
    }

    fn dependency() -> serde_json::Value {
        json!({
            "name": "hpy-sys", "rename": null, "req": "^0.1", "source": "registry+https://registry", "path": null,
            "features": ["std", "cpython"], "uses_default_features": false,
        })
    }

    #[test]
    fn all_other_default_features_stay() {
        let features =
            json!({"default": ["cpython", "fast", "dep/feature"], "cpython": [], "universal": [], "fast": []});
        let package = package(features, dependency());
        assert_eq!(arguments(&package, Abi::Cpython), Ok(Vec::new()));
        assert_eq!(
            arguments(&package, Abi::Universal),
            Ok(["--no-default-features", "--features", "universal,fast,dep/feature"].map(str::to_owned).to_vec())
        );
        let error = arguments(&package, Abi::Hybrid).unwrap_err().to_string();
        assert!(
            error.starts_with("error: package `p` has no feature `hybrid`, which would choose that ABI"),
            "{error}"
        );
    }

    #[test]
    fn an_abi_by_default_is_none_that_is_added() {
        let package = package(json!({"default": ["universal"], "cpython": [], "universal": []}), dependency());
        assert_eq!(arguments(&package, Abi::Universal), Ok(Vec::new()));
        assert_eq!(arguments(&package, Abi::Cpython).unwrap()[2], "cpython");
    }

    #[test]
    fn the_dependency_stays_where_it_comes_from() {
        let error = |changes: &[(&str, serde_json::Value)]| {
            let mut dependency = dependency();
            for (key, value) in changes {
                dependency[key] = value.clone();
            }
            arguments(&package(json!({}), dependency), Abi::Universal).unwrap_err().to_string()
        };
        let text = error(&[("uses_default_features", json!(true)), ("features", json!(["c-library"]))]);
        let line = "hpy-sys = { version = \"0.1\", default-features = false, features = [\"std\", \"c-library\"] }";
        assert!(text.contains(line), "{text}");
        let text = error(&[("source", json!("git+https://example.org/hpy-sys?branch=main")), ("rename", json!("hpy"))]);
        let line = "hpy = { package = \"hpy-sys\", git = \"https://example.org/hpy-sys\", default-features = false, features = [\"std\"] }";
        assert!(text.contains(line) && text.contains("universal = [\"hpy/universal\"]"), "{text}");
    }
}
