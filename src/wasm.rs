//! The binding: converts and forwards, no policy. `pkg/boundary.js` is the other side; nobody else calls these.
//!
//! Texts in, texts out: what crosses is packed (see `packed.rs`), also the rare options. Nothing here holds a JavaScript
//! value, so the binding costs the download next to nothing and the same crate can be turned into plain JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::context::{Context, today};
use crate::fault::Fault;
use crate::form::report::judged;
use crate::ods;
use crate::packed;
use crate::text::concat;

/// A packed answer, or `!` and the text of the fault.
fn answered(packed: Result<String, Fault>) -> String {
    packed.unwrap_or_else(|fault| concat(&["!", fault.text()]))
}

/// `check` of the package: a packed call in, a packed report out.
#[wasm_bindgen(js_name = check)]
pub fn check(request: &str) -> String {
    answered(checked(request))
}

fn checked(request: &str) -> Result<String, Fault> {
    let mut request = packed::Request::read(request);
    let form = request.form()?;
    let mut context = Context::new(today(&request.options)?);
    context.read(&mut request.options)?;
    let report = judged(form, &request.answers(), request.nested, &context)?;
    Ok(packed::report(&report))
}

/// `checkOdsCode` of the package: a text and packed options in, what was found packed out.
#[wasm_bindgen(js_name = checkOdsCode)]
pub fn check_ods_code(text: &str, options: &str) -> String {
    answered(code_checked(text, options))
}

fn code_checked(text: &str, options: &str) -> Result<String, Fault> {
    let said = packed::said(options)?;
    let options = packed::ods_options(&said)?;
    let (judgement, findings) = ods::judged(text, &options);
    Ok(packed::ods_check(&judgement, &findings))
}
