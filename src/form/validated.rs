//! What does a form say to a program that speaks of errors as the validator crate does? Natively only.
//!
//! The page never asks, and the maps that validator keeps its errors in would be a tenth of what it downloads.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;
use validator::{Validate, ValidateArgs, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::checking::Checking;
use super::report::{Form, begun, finding};
use super::rules::Candidate;
use crate::answers::Answers;
use crate::context::Context;
use crate::fault::Fault;
use crate::finding::{Finding, Param};
use crate::tables::GROUPS;

/// A form as validator tells it: everything that [`check`](crate::check) would tell of it, notes included.
///
/// Questions stand under their names, questions of rows in a list under the name before their `[]`, by the index that the
/// page gave the row. The code of an error is the id of its rule, its message is the finding's, and its params are the
/// finding's params and no answer. A [`Fault`] of the context is an error with the code `fault` under `__all__`.
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
        let told = form.row().and_then(|row| Ok((row, begun(row, self, context)?)));
        match told {
            Ok((row, submission)) => Checking::new(row, &submission, context).validate(),
            Err(fault) => Err(of_fault(&fault)),
        }
    }
}

fn of_fault(fault: &Fault) -> ValidationErrors {
    let mut errors = ValidationErrors::new();
    let error = ValidationError::new("fault").with_message(Cow::Owned(fault.to_string()));
    errors.add("__all__", error);
    errors
}

impl Validate for Checking<'_> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut errors = ValidationErrors::new();
        let places = self.places();
        for said in self.said(&places) {
            if self.context.only.as_ref().is_none_or(|only| self.is_told(said.rule, said.at, only)) {
                add(&mut errors, self, said);
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Writes a finding down in validator's words.
fn add(errors: &mut ValidationErrors, checking: &Checking<'_>, said: Candidate) {
    let at = said.at;
    let name = at.question.row().name.as_str();
    let error = error_of(finding(checking, said));
    match (at.question.row().group, at.row) {
        (Some(group), Some(row)) => {
            let Some(list) = GROUPS.get(group as usize) else { return };
            let index = usize::from(checking.row_index(group, row));
            let kind = errors
                .errors_mut()
                .entry(Cow::Borrowed(list.name))
                .or_insert_with(|| ValidationErrorsKind::List(BTreeMap::new()));
            if let ValidationErrorsKind::List(rows) = kind {
                rows.entry(index).or_default().add(name, error);
            }
        }
        _ => errors.add(name, error),
    }
}

fn error_of(finding: Finding) -> ValidationError {
    let mut error = ValidationError::new(finding.rule);
    for (name, value) in finding.params.0 {
        let json = match value {
            Param::Number(number) => Json::from(number),
            Param::Text(text) => Json::from(text),
        };
        error.params.insert(Cow::Borrowed(name), json);
    }
    error.with_message(Cow::Owned(finding.message))
}
