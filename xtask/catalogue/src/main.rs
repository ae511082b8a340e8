//! What does the package say of its rules and tables? Writes the JavaScript of it, from the same crate, to a file.
//!
//! A package apart from xtask, so that the commands still run when a table is broken and can say so.

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use ncrs_form_check::message::Language;
use ncrs_form_check::ods::{Kind, kinds};

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args_os().nth(1).ok_or("name the file to write")?;
    let rules = serde_json::to_string(&ncrs_form_check::rules())?;
    let tables = serde_json::to_string(&ncrs_form_check::tables())?;
    let english = kinds(Language::English);
    let welsh: Vec<Kind> = kinds(Language::Welsh)
        .into_iter()
        .filter(|kind| !english.contains(kind))
        .collect();
    let kinds = serde_json::to_string(&BTreeMap::from([("en", named(&english)), ("cy", named(&welsh))]))?;
    let about = "// Built by `cargo xtask build` from the tables of the crate.";
    // Functions, because an engine builds what they give when they are called, and most pages never do.
    fs::write(
        file,
        format!(
            "{about}\nexport const rules = () => {rules}\nexport const tables = () => {tables}\nexport const kinds = () => ({kinds})\n"
        ),
    )?;
    Ok(())
}

fn named(kinds: &[Kind]) -> BTreeMap<&'static str, &'static str> {
    kinds.iter().map(|kind| (kind.id, kind.name)).collect()
}
