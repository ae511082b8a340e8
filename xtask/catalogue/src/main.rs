//! What does the package say of its rules and tables? The JavaScript of it, from the same crate, on standard output.
//!
//! A package apart from xtask, so that the commands still run when a table is broken and can say so.

fn main() -> Result<(), serde_json::Error> {
    println!("// Built by `cargo xtask build` from the tables of the crate.");
    println!(
        "export const rules = {}",
        serde_json::to_string(&ncrs_form_check::rules())?
    );
    println!(
        "export const tables = {}",
        serde_json::to_string(&ncrs_form_check::tables())?
    );
    Ok(())
}
