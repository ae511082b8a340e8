//! What does the package say of its rules and tables? Writes the JavaScript of it, from the same crate, to a file.
//!
//! A package apart from xtask, so that the commands still run when a table is broken and can say so.

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use ncrs_form_check::message::Language;
use ncrs_form_check::ods::{Kind, kinds};
use serde::Serialize;

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args_os().nth(1).ok_or("name the file to write")?;
    let rules = quoted(&ncrs_form_check::rules())?;
    let tables = quoted(&ncrs_form_check::tables())?;
    let english = kinds(Language::English);
    let welsh: Vec<Kind> = kinds(Language::Welsh)
        .into_iter()
        .filter(|kind| !english.contains(kind))
        .collect();
    let kinds = quoted(&BTreeMap::from([("en", named(&english)), ("cy", named(&welsh))]))?;
    let about = "// Built by `cargo xtask build` from the tables of the crate.";
    // Functions, because an engine builds what they give when they are called, and most pages never do; of texts, because an engine looks
    // through a program before it runs, and at a text only for its end.
    fs::write(
        file,
        format!(
            "{about}\nexport const rules = () => JSON.parse({rules})\nexport const tables = () => JSON.parse({tables})\n\
             export const kinds = () => JSON.parse({kinds})\n"
        ),
    )?;
    Ok(())
}

/// As JSON, in a JavaScript text between backquotes.
fn quoted(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(value)?;
    let escaped = json.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    Ok(format!("`{escaped}`"))
}

fn named(kinds: &[Kind]) -> BTreeMap<&'static str, &'static str> {
    kinds.iter().map(|kind| (kind.id, kind.name)).collect()
}
