//! The binding: converts and forwards, no policy. `pkg/boundary.js` is the other side; nobody else calls these.
//!
//! Texts in, texts out: what crosses is packed (see `packed.rs`), also the rare options. Nothing here holds a JavaScript
//! value, so the binding costs the download next to nothing and the same crate can be turned into plain JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::context::Context;
use crate::fault::Fault;
use crate::form::report::judged;
use crate::packed;
use crate::text::concat;

/// A packed answer, or `!` and the text of the fault.
fn answered(packed: Result<String, Fault>) -> String {
    packed.unwrap_or_else(|fault| concat(&["!", fault.text()]))
}

/// `check` of the package: a packed call in, a packed report out.
#[wasm_bindgen(js_name = check)]
pub fn check(request: &str) -> String {
    answered(packed::Request::read(request).and_then(|request| {
        let context = Context::from_options(&request.options)?;
        let report = judged(request.form, &request.answers(), request.nested, &context)?;
        Ok(packed::report(&report))
    }))
}

/// `checkOdsCode` of the package: a text and packed options in, what was found packed out.
#[wasm_bindgen(js_name = checkOdsCode)]
pub fn check_ods_code(text: &str, options: &str) -> String {
    answered(packed::with_ods_options(options, |options| {
        packed::ods_check(&crate::ods::check_with(text, options))
    }))
}
