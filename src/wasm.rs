//! The binding: converts and forwards, no policy. `pkg/boundary.js` is the other side; nobody else calls these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::prelude::*;

use crate::context::Context;
use crate::fault::Fault;
use crate::packed;
use crate::profile::Profile;

/// The options that are rare and typed. The others are packed with the answers.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RareOptions {
    calendar: Option<Vec<BTreeMap<String, String>>>,
    policies: Option<Vec<BTreeMap<String, String>>>,
    lists: Option<Vec<BTreeMap<String, String>>>,
    messages: Option<BTreeMap<String, String>>,
    profile: Option<Profile>,
}

fn thrown(fault: Fault) -> JsError {
    JsError::from(fault)
}

/// `check` of the package: a packed call in, a packed report out.
///
/// # Errors
///
/// A JavaScript `Error` with the text of the fault.
#[wasm_bindgen(js_name = check)]
pub fn check(request: &str, rare: JsValue) -> Result<String, JsError> {
    let mut request = packed::Request::read(request).map_err(thrown)?;
    if !rare.is_undefined() {
        let rare: RareOptions =
            from_value(rare).map_err(|error| thrown(Fault::new(format_args!("options: {error}"))))?;
        request.options.calendar = rare.calendar;
        request.options.policies = rare.policies;
        request.options.lists = rare.lists;
        request.options.messages = rare.messages;
        request.options.profile = rare.profile;
    }
    let context = Context::from_options(&request.options).map_err(thrown)?;
    let report = crate::check(request.form, &request.answers, &context).map_err(thrown)?;
    Ok(packed::report(&report))
}

/// `checkOdsCode` of the package: a text and packed options in, a packed finding out.
///
/// # Errors
///
/// A JavaScript `Error` with the text of the fault.
#[wasm_bindgen(js_name = checkOdsCode)]
pub fn check_ods_code(text: &str, options: &str) -> Result<String, JsError> {
    packed::with_ods_options(options, |options| {
        packed::ods_check(&crate::ods::check_with(text, options))
    })
    .map_err(thrown)
}

/// Rows as plain objects and lists, in the order and with the keys that serde writes.
fn plain<T: Serialize>(rows: &T) -> Result<JsValue, JsError> {
    rows.serialize(&Serializer::json_compatible())
        .map_err(|error| thrown(Fault::new(format_args!("the rows cannot be shown: {error}"))))
}

/// `rules` of the package.
///
/// # Errors
///
/// None that is known; rows are plain.
#[wasm_bindgen(js_name = rules)]
pub fn rules() -> Result<JsValue, JsError> {
    plain(&crate::rules())
}

/// `tables` of the package; with a day, each says whether it is due for a check.
///
/// # Errors
///
/// A JavaScript `Error` when the day is not written `YYYY-MM-DD`.
#[wasm_bindgen(js_name = tables)]
pub fn tables(today: Option<String>) -> Result<JsValue, JsError> {
    match today {
        None => plain(&crate::tables()),
        Some(today) => {
            let day = today.parse().map_err(|_| {
                thrown(Fault::new(format_args!(
                    "options.today: expected a day written YYYY-MM-DD, found {today:?}"
                )))
            })?;
            plain(&crate::tables_on(day))
        }
    }
}
