//! Does the code fit what else is known: the type of organisation, and the code of its parent?
//!
//! This can only warn or inform. The verdict, the code and the kinds stay as they are.

use super::Verdict;
use super::verdict::Judgement;
use crate::tables::{KINDS, family, rule};

/// What the type of organisation says. It is the number of an option.
pub(super) fn about_type(judgement: &mut Judgement, organisation_type: u8) {
    let (Some(expected), Some(code)) = (KINDS.get(usize::from(organisation_type)), &judgement.code) else {
        return;
    };
    let kinds = judgement.kinds;
    let is_retired = judgement.verdict == Verdict::Retired;
    if is_retired || kinds.are_none() {
        let length = u32::try_from(code.len()).unwrap_or(u32::MAX);
        let is_usual = expected.lengths.checked_shr(length).unwrap_or(0) & 1 == 1;
        if let Some(usual) = expected.usual_length.some()
            && !is_usual
        {
            judgement.raise(rule::ODS_046, usual);
        }
        return;
    }
    // A code of the new form fits every type.
    if expected.any_code || kinds.contains(family::ANY_NEW_CODE) {
        return;
    }
    let mut types = 0;
    for kind in &kinds.ids {
        types |= kind.row().types;
    }
    let row = kinds.first().row();
    let usual = 1 << organisation_type;
    if types & usual == 0 {
        judgement.raise(rule::ODS_051, kinds.first().id());
    } else if let Some(owner) = &row.owner
        && row.types & usual != 0
    {
        // A site or a branch was given where the organisation is asked for.
        let owned = code.get(..usize::from(owner.characters)).unwrap_or_default().to_owned();
        judgement.offer(&owned);
        let is_branch = owner.family == family::GP_PRACTICE;
        judgement.raise(if is_branch { rule::ODS_053 } else { rule::ODS_052 }, "");
    }
}

/// True when what was given as the parent's code is that of another organisation.
#[inline(never)]
pub(crate) fn is_of_another(judgement: &Judgement, parent: &Judgement) -> bool {
    let (Some(code), Some(parent_code)) = (&judgement.code, &parent.code) else {
        return false;
    };
    if judgement.kinds.contains(family::ANY_NEW_CODE)
        || parent.kinds.contains(family::ANY_NEW_CODE)
        || parent.verdict != Verdict::Plausible
        || code.starts_with(parent_code.as_str())
    {
        return false;
    }
    for kind in &judgement.kinds.ids {
        if let Some(owner) = &kind.row().owner
            && parent.kinds.contains(owner.family)
        {
            return true;
        }
    }
    false
}
