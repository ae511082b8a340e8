//! What is said of the codes in a form? Finds the box, the type of organisation and the parent for each; ods.md 1.

use crate::form::checking::{At, Checking};
use crate::form::value::Value;
use crate::ods::CodeBox;
use crate::ods::advice::is_of_another;
use crate::ods::verdict::{Judgement, judge as judge_text};
use crate::tables::{Kind, RuleId, question, rule};

/// The judgement of the code at a question, when there is one.
pub(crate) fn judge(checking: &Checking<'_>, at: At) -> Option<Judgement> {
    let text = checking.text(at)?;
    let code_box = match at.question().row().kind {
        Kind::OdsCode => CodeBox::Ods,
        Kind::DsptCode => CodeBox::Dspt,
        _ => return None,
    };
    let organisation_type = match at.question() {
        question::ORGANISATION_ODS_CODE => organisation_type(checking),
        _ => None,
    };
    let mut judgement = judge_text(text, code_box, organisation_type);
    if at.question() == question::ORGANISATION_PARENT_ODS_CODE
        && let Some(own) = checking.text_of(question::ORGANISATION_ODS_CODE)
        && is_of_another(&judge_text(own, CodeBox::Ods, None), &judgement)
    {
        judgement.raise(rule::ODS_054, "");
    }
    Some(judgement)
}

/// The rules whose finding carries the suggestion of a judgement; ods.md 4.
const SUGGESTING: &[RuleId] = &[
    rule::ODS_013,
    rule::ODS_020,
    rule::ODS_021,
    rule::ODS_023,
    rule::ODS_031,
    rule::ODS_043,
    rule::ODS_044,
    rule::ODS_045,
    rule::ODS_052,
    rule::ODS_053,
];

/// True when a finding of this rule carries the suggestion.
pub(crate) fn suggests(rule: RuleId) -> bool {
    SUGGESTING.contains(&rule)
}

/// The number of the option that `organisation.type` is, when it is one of ours.
fn organisation_type(checking: &Checking<'_>) -> Option<u8> {
    match checking.value(At::once(question::ORGANISATION_TYPE)) {
        Value::Option(number) => Some(*number),
        _ => None,
    }
}
