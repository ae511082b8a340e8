//! Does the code fit what else is known: the type of organisation, and the code of its parent?
//!
//! This can only warn or inform. The verdict, the code and the kinds stay as they are.

use super::CodeBox;
use super::Verdict;
use super::family::Families;
use super::verdict::{Judgement, judge};
use super::word::offered;
use crate::finding::Param;
use crate::tables::{KINDS, KindRow, family, rule};

/// What the type of organisation says.
pub(super) fn about_type(judgement: &mut Judgement, organisation_type: &str) {
    let Some(expected) = KINDS.iter().find(|row| row.organisation_type == organisation_type) else {
        return;
    };
    let kinds = judgement.kinds;
    if let Some(usual) = &expected.usual_length
        && (judgement.verdict == Verdict::Retired || judgement.verdict == Verdict::Unusual && kinds.is_empty())
        && let Some(code) = &judgement.code
        && !usual.lengths.iter().any(|length| usize::from(*length) == code.len())
    {
        let length = ("length", Param::Text(usual.text.to_owned()));
        judgement.raise(rule::ODS_046, vec![length]);
    }
    // A retired code has said enough, and a code of the new form fits every type.
    let Some(first) = kinds.first() else { return };
    if expected.families.is_empty() || judgement.verdict == Verdict::Retired || kinds.contains(family::ANY_NEW_CODE) {
        return;
    }
    if !kinds.iter().any(|kind| expected.families.contains(&kind)) {
        let kind = ("kind", Param::Text(first.row().id.to_owned()));
        judgement.raise(rule::ODS_051, vec![kind]);
    }
    about_site(judgement, expected);
}

/// A site or a branch was given where the organisation is asked for.
fn about_site(judgement: &mut Judgement, expected: &KindRow) {
    let Some(first) = judgement.kinds.first() else { return };
    let Some(owner) = first
        .row()
        .owner
        .as_ref()
        .filter(|_| expected.families.contains(&first))
    else {
        return;
    };
    let rule = if owner.family == family::GP_PRACTICE {
        rule::ODS_053
    } else {
        rule::ODS_052
    };
    judgement.raise(rule, Vec::new());
    let code = judgement.code.as_deref().unwrap_or_default();
    judgement.suggestion = code.get(..usize::from(owner.characters)).and_then(offered);
}

/// What the code of the parent says.
pub(super) fn about_parent(judgement: &mut Judgement, parent: &str) {
    let kinds = judgement.kinds;
    let owners = || kinds.iter().filter_map(|kind| kind.row().owner.as_ref());
    if kinds.contains(family::ANY_NEW_CODE) || owners().next().is_none() {
        return;
    }
    let parent = judge(parent, CodeBox::Ods, None, None);
    let parents: Families = parent.kinds;
    let (Some(code), Some(parent_code)) = (&judgement.code, &parent.code) else {
        return;
    };
    let belongs = parent.verdict == Verdict::Plausible
        && !parents.contains(family::ANY_NEW_CODE)
        && owners().any(|owner| parents.contains(owner.family));
    if belongs && !code.starts_with(parent_code.as_str()) {
        judgement.raise_at_parent(rule::ODS_054);
    }
}
