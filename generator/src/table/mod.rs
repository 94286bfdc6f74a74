// generator/src/table/mod.rs: reading and checking the table: a record at a time, then as a whole.

mod bodies;
mod porting;
pub mod read;
pub mod record;
mod units;
pub mod validate;

use crate::model::Api;
use crate::problems::Problems;
use crate::target::pythons::Pythons;

/// The table in `files`, given as paths and texts, without a mistake.
pub fn read(files: &[(String, String)], pythons: &Pythons) -> Result<Api, Problems> {
    let api = read::read(files)?;
    validate::check(&api, pythons)?;
    Ok(api)
}
