//! What is the verdict on a text? The steps, in their order: the first that holds decides.

use super::advice::{about_parent, about_type};
use super::among_words::code_of_department;
use super::date_form::is_date;
use super::family::{Families, has_postcode_form};
use super::lookalike::repaired;
use super::not_a_code::{Refusal, because_of_its_parts, because_of_the_whole};
use super::reading::Reading;
use super::scan::holds;
use super::word::{is_default_code, is_placeholder, offered};
use super::{CodeBox, Verdict};
use crate::finding::Param;
use crate::tables::{FamilyId, RuleId, family, rule};
use crate::text::concat;

/// One rule that speaks. No words yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raised {
    pub(crate) rule: RuleId,
    pub(crate) params: Vec<(&'static str, Param)>,
    /// True when it is about the parent's code.
    pub(crate) at_parent: bool,
}

/// All that the steps find out about one text, without words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) code: Option<String>,
    pub(crate) kinds: Families,
    pub(crate) suggestion: Option<String>,
    pub(crate) tidied: bool,
    /// In the order of the ids.
    pub(crate) raised: Vec<Raised>,
}

impl Judgement {
    fn of(verdict: Verdict, code: Option<String>, kinds: Families) -> Self {
        Self {
            verdict,
            code,
            kinds,
            suggestion: None,
            tidied: false,
            raised: Vec::new(),
        }
    }

    fn refused(refusal: Refusal) -> Self {
        let mut judgement = Self::of(Verdict::Impossible, None, Families::NONE);
        let found = refusal.found.map(|found| ("found", Param::Text(found.to_owned())));
        judgement.raise(refusal.rule, found.into_iter().collect());
        judgement.suggestion = refusal.suggestion;
        judgement
    }

    /// Adds a rule that speaks of this text. Rules are raised in the order of their ids.
    pub(super) fn raise(&mut self, rule: RuleId, params: Vec<(&'static str, Param)>) {
        self.raised.push(Raised {
            rule,
            params,
            at_parent: false,
        });
    }

    /// Adds a rule that speaks of the parent's code.
    pub(super) fn raise_at_parent(&mut self, rule: RuleId) {
        self.raised.push(Raised {
            rule,
            params: Vec::new(),
            at_parent: true,
        });
    }
}

/// Judges one text. The type of organisation and the parent's code count in an ODS code box only.
pub(crate) fn judge(text: &str, code_box: CodeBox, organisation_type: Option<&str>, parent: Option<&str>) -> Judgement {
    let Some(reading) = Reading::of(text) else {
        let mut judgement = Judgement::of(Verdict::Empty, None, Families::NONE);
        judgement.raise(rule::ODS_001, Vec::new());
        return judgement;
    };
    let mut judgement = decided(reading, code_box);
    if judgement.code.as_deref().is_some_and(|code| code != text) {
        judgement.tidied = true;
        let note = Raised {
            rule: rule::ODS_002,
            params: Vec::new(),
            at_parent: false,
        };
        judgement.raised.insert(0, note);
    }
    if code_box == CodeBox::Ods {
        if let Some(organisation_type) = organisation_type {
            about_type(&mut judgement, organisation_type);
        }
        if let Some(parent) = parent {
            about_parent(&mut judgement, parent);
        }
    }
    judgement
}

/// The code reading of a text: two texts with the same one are the same code.
pub(crate) fn code_reading(text: &str) -> String {
    Reading::of(text).map(Reading::into_code).unwrap_or_default()
}

/// Steps 2 to 32.
#[inline(never)]
fn decided(reading: Reading<'_>, code_box: CodeBox) -> Judgement {
    if is_default_code(reading.code()) {
        return Judgement::refused(Refusal::because(rule::ODS_003));
    }
    let kinds = Families::in_use(reading.code());
    if !kinds.is_empty() {
        return of_a_family(reading, kinds);
    }
    if let Some(refusal) = because_of_the_whole(&reading) {
        return Judgement::refused(refusal);
    }
    if code_box == CodeBox::Dspt
        && let text = reading.without_spaces()
        && let Some(first) = code_of_department(&text)
    {
        let mut judgement = Judgement::of(Verdict::Plausible, None, Families::in_use(first));
        judgement.code = Some(text.into_owned());
        judgement.raise(rule::ODS_050, Vec::new());
        return judgement;
    }
    if let Some(refusal) = because_of_its_parts(&reading, code_box) {
        return Judgement::refused(refusal);
    }
    let kinds = Families::retired(reading.code());
    if !kinds.is_empty() {
        let like_postcode = has_postcode_form(reading.code());
        let mut judgement = Judgement::of(Verdict::Retired, Some(reading.into_code()), kinds);
        judgement.raise(if like_postcode { rule::ODS_041 } else { rule::ODS_040 }, Vec::new());
        return judgement;
    }
    of_no_family(reading, code_box)
}

/// Step 3.
fn of_a_family(reading: Reading<'_>, kinds: Families) -> Judgement {
    let doubt = if is_placeholder(reading.code()) {
        Some(rule::ODS_004)
    } else if holds(reading.text(), b"- ") && is_date(reading.text()) {
        Some(rule::ODS_005)
    } else {
        None
    };
    let verdict = if doubt.is_some() {
        Verdict::Unusual
    } else {
        Verdict::Plausible
    };
    let mut judgement = Judgement::of(verdict, Some(reading.into_code()), kinds);
    if let Some(rule) = doubt {
        judgement.raise(rule, Vec::new());
    }
    judgement
}

/// Step 32: it may be a shape that we do not know yet, so it is a warning with the most helpful reason.
fn of_no_family(reading: Reading<'_>, code_box: CodeBox) -> Judgement {
    let code = reading.code();
    let (rule, suggestion) = if let Some(digits) = after_extra_zero(code) {
        (rule::ODS_045, offered(&concat(&["V", digits])))
    } else if let Some(found) = repaired(code) {
        (rule::ODS_043, offered(&found))
    } else if code_box == CodeBox::Dspt {
        (rule::ODS_047, None)
    } else if let Some(practice) = before_added_letters(code) {
        (rule::ODS_044, offered(practice))
    } else {
        (rule::ODS_042, None)
    };
    let code = match code_box {
        CodeBox::Ods => reading.into_code(),
        CodeBox::Dspt => reading.without_spaces().into_owned(),
    };
    let mut judgement = Judgement::of(Verdict::Unusual, Some(code), Families::NONE);
    judgement.suggestion = suggestion;
    judgement.raise(rule, Vec::new());
    judgement
}

/// The 5 digits of a dental practice that stand after V and a 0 too many.
fn after_extra_zero(code: &str) -> Option<&str> {
    code.strip_prefix("V0")
        .filter(|digits| digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The code of a practice to which one to three letters were added.
fn before_added_letters(code: &str) -> Option<&str> {
    let (practice, added) = code.split_at_checked(6)?;
    let of = |id: FamilyId| Families::in_use(practice).contains(id);
    let letters = (1..=3).contains(&added.len()) && added.bytes().all(|byte| byte.is_ascii_uppercase());
    (letters && (of(family::GP_PRACTICE) || of(family::DENTAL_PRACTICE))).then_some(practice)
}
