//! What does a form say to a program that speaks of errors as the validator crate does? Natively only.
//!
//! The page never asks, and the maps that validator keeps its errors in would be a tenth of what it downloads.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;
use validator::{Validate, ValidateArgs, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::report::{Form, Report, check};
use super::submission::row_index;
use crate::answers::Answers;
use crate::context::{Context, in_list};
use crate::finding::{Finding, Param};

/// A form as validator tells it: every finding of its [`check`], notes included.
///
/// A [`Fault`](crate::Fault) of the context is an error with the code `fault` under `__all__`. The rest is what
/// [`Report::validate`] says.
///
/// ```
/// use ncrs_form_check::answers::Answers;
/// use ncrs_form_check::{Context, Form};
/// use validator::ValidateArgs;
///
/// let context = Context::new("2026-11-22".parse()?);
/// let answers = Answers::from_pairs([("organisation.ods_code", "LS14 6UH")]);
/// let errors = answers.validate_with_args((Form::OdsCode, &context)).unwrap_err();
/// let code = &errors.field_errors()["organisation.ods_code"][0];
/// assert_eq!(code.code, "ODS-015");
/// assert_eq!(code.message.as_deref(), Some("Enter an ODS code, not a postcode"));
/// # Ok::<(), ncrs_form_check::date::NotADay>(())
/// ```
impl<'args> ValidateArgs<'args> for Answers {
    type Args = (Form, &'args Context);

    fn validate_with_args(&self, (form, context): Self::Args) -> Result<(), ValidationErrors> {
        match check(form, self, context) {
            Ok(report) => report.validate(),
            Err(fault) => {
                let mut errors = ValidationErrors::new();
                let error = ValidationError::new("fault").with_message(Cow::Owned(fault.to_string()));
                errors.add("__all__", error);
                Err(errors)
            }
        }
    }
}

/// Every finding as an error of its question: the code is the id of the rule, the message is the finding's, and the params
/// are the finding's and no answer.
///
/// Questions of rows stand in a list under the name before their `[]`, by the index that the page gave the row.
impl Validate for Report {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut errors = ValidationErrors::new();
        for finding in &self.findings {
            add(&mut errors, finding);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

fn add(errors: &mut ValidationErrors, finding: &Finding) {
    let name = finding.question.as_str();
    let row = in_list(name).and_then(|(list, index, rest)| Some((list, row_index(index)?, rest.strip_prefix('.')?)));
    let Some((list, index, rest)) = row else {
        return put(errors, name, error_of(finding));
    };
    // A name that already holds errors of its own is no list as well: then the row is named in full.
    let kind = errors
        .errors_mut()
        .entry(Cow::Owned(list.to_owned()))
        .or_insert_with(|| ValidationErrorsKind::List(BTreeMap::new()));
    match kind {
        ValidationErrorsKind::List(rows) => put(rows.entry(usize::from(index)).or_default(), rest, error_of(finding)),
        _ => put(errors, name, error_of(finding)),
    }
}

/// Like validator's own `add`, which can panic where a list already stands.
fn put(errors: &mut ValidationErrors, name: &str, error: ValidationError) {
    let kind = errors
        .errors_mut()
        .entry(Cow::Owned(name.to_owned()))
        .or_insert_with(|| ValidationErrorsKind::Field(Vec::new()));
    if let ValidationErrorsKind::Field(list) = kind {
        list.push(error);
    }
}

fn error_of(finding: &Finding) -> ValidationError {
    let mut error = ValidationError::new(finding.rule);
    for (name, value) in &finding.params.0 {
        let json = match value {
            Param::Number(number) => Json::from(*number),
            Param::Text(text) => Json::from(text.as_str()),
        };
        error.params.insert(Cow::Borrowed(name), json);
    }
    error.with_message(Cow::Owned(finding.message.clone()))
}
