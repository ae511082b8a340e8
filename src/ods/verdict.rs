//! What is the verdict on a text? The steps, in their order: the first that holds decides.

use std::mem;

use super::advice::about_type;
use super::characters::{CAPITALS, DIGITS, holds, is_no_space, is_only, kept, set};
use super::date_form::is_date;
use super::known::{Families, Known};
use super::lookalike::repaired;
use super::not_a_code::refusal;
use super::reading::Reading;
use super::{CodeBox, Verdict};
use crate::finding::{Param, Severity};
use crate::form::rules::Said;
use crate::tables::{RuleId, family, known, rule};
use crate::text::concat;

/// One rule that speaks. No words yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raised {
    pub(crate) rule: RuleId,
    /// The value of the one param that its message has.
    pub(super) value: &'static str,
}

impl Raised {
    /// The params of its message.
    #[inline(never)]
    pub(crate) fn params(self) -> Said {
        let name = match self.rule {
            rule::ODS_024 => "found",
            rule::ODS_046 => "length",
            rule::ODS_051 => "kind",
            _ => return Vec::new(),
        };
        vec![(name, Param::Text(self.value.to_owned()))]
    }
}

/// All that the steps find out about one text, without words.
#[derive(Debug)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) code: Option<String>,
    pub(crate) kinds: Families,
    pub(crate) suggestion: Option<String>,
    pub(crate) tidied: bool,
    /// In the order of the ids.
    pub(crate) raised: Vec<Raised>,
    /// For ODS-024: which sort of character was found.
    pub(super) found: &'static str,
}

impl Judgement {
    /// Before anything is found out.
    pub(super) const fn of_nothing() -> Self {
        Self {
            verdict: Verdict::Empty,
            code: None,
            kinds: Families::NONE,
            suggestion: None,
            tidied: false,
            raised: Vec::new(),
            found: "",
        }
    }

    /// Adds a rule that speaks. Rules are raised in the order of their ids.
    #[inline(never)]
    pub(crate) fn raise(&mut self, rule: RuleId, value: &'static str) {
        self.raised.push(Raised { rule, value });
    }

    /// Offers a code to the person if it is of a family in use, and neither a default code nor a word.
    #[inline(never)]
    pub(super) fn offer(&mut self, code: &str) {
        let known = Known::of(code);
        if known.is_in_use() && !known.is(known::DEFAULT_CODE | known::PLACEHOLDER | known::LABEL | known::ENDING) {
            self.suggestion = Some(code.to_owned());
        }
    }
}

/// Judges one text. The type of organisation is the number of an option, and counts in an ODS code box only.
#[inline(never)]
pub(crate) fn judge(text: &str, code_box: CodeBox, organisation_type: Option<u8>) -> Judgement {
    let mut judgement = Judgement::of_nothing();
    let Some(mut reading) = Reading::of(text) else {
        judgement.raise(rule::ODS_001, "");
        return judgement;
    };
    let decided = decided(&reading, code_box, &mut judgement);
    judgement.verdict = match decided {
        None | Some(rule::ODS_050) => Verdict::Plausible,
        Some(rule::ODS_040 | rule::ODS_041) => Verdict::Retired,
        Some(rule) if rule.row().severity == Severity::Error => Verdict::Impossible,
        Some(_) => Verdict::Unusual,
    };
    if judgement.verdict != Verdict::Impossible {
        // An entry of the DSPT that is no ODS code keeps its hyphens.
        if code_box == CodeBox::Dspt && (judgement.kinds.are_none() || decided == Some(rule::ODS_050)) {
            reading.code = kept(&reading.text, is_no_space);
        }
        if reading.code != text {
            judgement.tidied = true;
            judgement.raise(rule::ODS_002, "");
        }
        judgement.code = Some(mem::take(&mut reading.code));
    }
    if let Some(rule) = decided {
        judgement.raise(rule, judgement.found);
    }
    if code_box == CodeBox::Ods
        && let Some(organisation_type) = organisation_type
    {
        about_type(&mut judgement, organisation_type);
    }
    judgement
}

/// The code reading of a text: two texts with the same one are the same code.
pub(crate) fn code_reading(text: &str) -> String {
    Reading::of(text).map(|reading| reading.code).unwrap_or_default()
}

/// Steps 2 to 32: the rule that says what the text is, if it is more than a code of a family in use.
fn decided(reading: &Reading, code_box: CodeBox, judgement: &mut Judgement) -> Option<RuleId> {
    let code = reading.code.as_str();
    let mut families = Families::NONE;
    let known = Known::with_families(code, &mut families);
    if known.is(known::DEFAULT_CODE) {
        return Some(rule::ODS_003);
    }
    if known.is_in_use() {
        judgement.kinds = families;
        return if known.is(known::PLACEHOLDER) {
            Some(rule::ODS_004)
        } else if holds(&reading.text, const { set("- ") }) && is_date(&reading.text) {
            Some(rule::ODS_005)
        } else {
            None
        };
    }
    let refusal = refusal(reading, known, code_box, judgement);
    if refusal.is_some() {
        return refusal;
    }
    judgement.kinds = families;
    if !families.are_none() {
        return Some(if known.is(known::POSTCODE) {
            rule::ODS_041
        } else {
            rule::ODS_040
        });
    }
    // Step 32: it may be a shape that we do not know yet, so it is a warning with the most helpful reason.
    if let Some(digits) = after_extra_zero(code) {
        judgement.offer(&concat(&["V", digits]));
        Some(rule::ODS_045)
    } else if let Some(found) = repaired(code) {
        judgement.offer(&found);
        Some(rule::ODS_043)
    } else if code_box == CodeBox::Dspt {
        Some(rule::ODS_047)
    } else if let Some(practice) = before_added_letters(code) {
        judgement.offer(practice);
        Some(rule::ODS_044)
    } else {
        Some(rule::ODS_042)
    }
}

/// The 5 digits of a dental practice that stand after V and a 0 too many.
fn after_extra_zero(code: &str) -> Option<&str> {
    code.strip_prefix("V0")
        .filter(|digits| digits.len() == 5 && is_only(digits, DIGITS))
}

/// The code of a practice to which one to three letters were added.
fn before_added_letters(code: &str) -> Option<&str> {
    let (practice, added) = code.split_at_checked(6)?;
    let mut families = Families::NONE;
    Known::with_families(practice, &mut families);
    let is_practice = families.contains(family::GP_PRACTICE) || families.contains(family::DENTAL_PRACTICE);
    (is_practice && added.len() <= 3 && is_only(added, CAPITALS)).then_some(practice)
}
