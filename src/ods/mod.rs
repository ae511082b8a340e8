//! Can this text be an ODS code, and of what?
//!
//! An ODS code is the reference that the Organisation Data Service gives to every organisation that provides or
//! commissions health and care in England. It has 3 to 9 letters and numbers, no check digit and no single format, so a
//! shape can say what a text *cannot* be, never that a code exists. Hence three manners of this room:
//!
//! - an error only for what cannot be a code; a shape that we do not know is a warning;
//! - the best verdict is *plausible*;
//! - a repair is offered, never applied: NL0 and NLO are two real organisations.
//!
//! | file | answers |
//! | --- | --- |
//! | `reading` | what does a person mean to have typed? |
//! | `verdict` | what is the verdict on a text? The steps, in their order |
//! | `known` | what do the tables know of a text? |
//! | `not_a_code` | why can this text not be a code? |
//! | `other_text`, `among_words`, `date_form` | what is it instead? |
//! | `lookalike` | which code was meant? |
//! | `advice` | does the code fit what else is known? |
//! | `characters` | which characters does a text have? |
//!
//! Shapes, words and messages are rows in `src/tables/`; each row has its source and its evidence.

pub(crate) mod advice;
mod among_words;
mod characters;
mod date_form;
mod known;
mod lookalike;
mod not_a_code;
mod other_text;
mod reading;
pub(crate) mod verdict;

use serde::Serialize;

use crate::finding::{Finding, Params};
use crate::message::{Language, message};
use crate::tables::{FAMILIES, FamilyId, question, rule};

use advice::is_of_another;
use verdict::{Judgement, judge};

/// Which box the text stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CodeBox {
    /// A box for an ODS code.
    #[default]
    Ods,
    /// A box for the code that an organisation has in the DSPT: usually, but not always, its ODS code.
    Dspt,
}

/// What is known besides the text. The default is: nothing, an ODS code box, English.
#[derive(Debug, Clone, Copy, Default)]
pub struct OdsOptions<'a> {
    /// Which box the text stands in.
    pub code_box: CodeBox,
    /// A value of `organisation.type`. One that we do not know counts as none.
    pub organisation_type: Option<&'a str>,
    /// What was given as the code of the parent organisation.
    pub parent: Option<&'a str>,
    /// The language of names and messages.
    pub language: Language,
}

/// What a shape can say about a text. Never that a code exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The text has the shape of codes that are in use.
    Plausible,
    /// It may be a code, but a person should look again.
    Unusual,
    /// It has the shape of codes of a type that was closed.
    Retired,
    /// It cannot be an ODS code.
    Impossible,
    /// Nothing was given.
    Empty,
}

/// One thing that a code of this shape can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// The id of the family in `tables/ods-formats.toml`.
    pub id: &'static str,
    /// Its name in the language that was asked for.
    pub name: &'static str,
}

/// What was found out about a text.
///
/// Guaranteed: `code` is there exactly when the verdict is plausible, unusual or retired, and is made of A to Z, 0 to 9
/// and, in a DSPT box, hyphens. `suggestion`, checked again in the same box, is plausible and differs from `code`. No
/// message and no param of a finding holds what the person typed. Written as JSON, the keys stand in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OdsCheck {
    /// What the shape says.
    pub verdict: Verdict,
    /// The code without spaces, case and marks; none when impossible or empty.
    pub code: Option<String>,
    /// What a code of this shape can be, the narrowest first.
    pub kinds: Vec<Kind>,
    /// A code that may have been meant: offered, never applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// True when there is a code and it differs from the text.
    pub tidied: bool,
    /// What to tell the person, in the order of the ids.
    pub findings: Vec<Finding>,
}

/// Judges one text in an ODS code box, with nothing else known, in English.
///
/// # Guaranteed
///
/// It never fails: any text has a verdict. Two calls with the same text are equal. Spaces, kinds of dashes, invisible
/// characters at the ends and the case of a to z change only `tidied` and the note that says so. The work is linear in
/// the length of the text, and no more than 10,000 characters of it are read.
///
/// # Formats
///
/// 67 families of shapes, from a trust (`RXK`) to codes that any organisation may have (`A3A8R`): see
/// `src/tables/ods-formats.toml`. Sources are the NHS Data Dictionary (Organisation Coding Frames, Organisation Site
/// Coding Frames), the ODS reference data catalogue and published lists of codes.
///
/// # What can be wrong
///
/// The findings name the rules `ODS-001` to `ODS-054` of `src/tables/rules/ods.toml`. An error always comes alone, with
/// the verdict impossible (or empty); warnings and notes come with a code.
///
/// # Examples
///
/// ```
/// use ncrs_form_check::ods::{Verdict, check};
///
/// let practice = check(" a81001 ");
/// assert_eq!(practice.verdict, Verdict::Plausible);
/// assert_eq!(practice.code.as_deref(), Some("A81001"));
/// assert_eq!(practice.kinds[0].id, "gp_practice");
/// assert!(practice.tidied);
///
/// let postcode = check("LS14 6UH");
/// assert_eq!(postcode.verdict, Verdict::Impossible);
/// assert_eq!(postcode.code, None);
/// assert_eq!(postcode.findings[0].message, "Enter an ODS code, not a postcode");
/// ```
pub fn check(text: &str) -> OdsCheck {
    check_with(text, &OdsOptions::default())
}

/// Judges one text with all that is known about it. What [`check`] guarantees holds here too.
///
/// The type of organisation and the parent's code count in an ODS code box only, and can only add findings and a
/// suggestion: the verdict, the code and the kinds do not depend on them. Findings name `organisation.ods_code` (in a
/// DSPT box `dspt.ods_code`), the one about the parent `organisation.parent_ods_code`, in the order of the rule ids.
///
/// # Examples
///
/// ```
/// use ncrs_form_check::ods::{OdsOptions, check_with};
///
/// // A site of a trust, entered where the trust is asked for, with the code of another trust as its parent.
/// let options = OdsOptions { organisation_type: Some("nhs_trust"), parent: Some("RWX"), ..OdsOptions::default() };
/// let site = check_with("RXK52", &options);
/// assert_eq!(site.suggestion.as_deref(), Some("RXK"));
/// let rules: Vec<&str> = site.findings.iter().map(|finding| finding.rule).collect();
/// assert_eq!(rules, ["ODS-052", "ODS-054"]);
///
/// // A type that we do not know counts as none.
/// let options = OdsOptions { organisation_type: Some("spaceport"), ..OdsOptions::default() };
/// assert!(check_with("RXK52", &options).findings.is_empty());
/// ```
///
/// ```
/// use ncrs_form_check::ods::{CodeBox, OdsOptions, Verdict, check_with};
///
/// // A department is an organisation of its own in the DSPT, and no ODS code.
/// let dspt = OdsOptions { code_box: CodeBox::Dspt, ..OdsOptions::default() };
/// assert_eq!(check_with("EE133887-HP", &dspt).verdict, Verdict::Plausible);
/// assert_eq!(check_with("EE133887-HP", &OdsOptions::default()).verdict, Verdict::Impossible);
/// ```
pub fn check_with(text: &str, options: &OdsOptions<'_>) -> OdsCheck {
    let (judgement, findings) = judged(text, options);
    OdsCheck {
        verdict: judgement.verdict,
        code: judgement.code,
        kinds: judgement
            .kinds
            .each()
            .map(|family| kind(family, options.language))
            .collect(),
        suggestion: judgement.suggestion,
        tidied: judgement.tidied,
        findings,
    }
}

/// [`check_with`] without the names of kinds, which no page shows.
pub(crate) fn judged(text: &str, options: &OdsOptions<'_>) -> (Judgement, Vec<Finding>) {
    let in_dspt_box = options.code_box == CodeBox::Dspt;
    let types = &question::ORGANISATION_TYPE.row().options;
    let organisation_type = options.organisation_type.and_then(|name| types.place(name));
    let mut judgement = judge(text, options.code_box, organisation_type);
    if let Some(parent) = options.parent
        && !in_dspt_box
        && is_of_another(&judgement, &judge(parent, CodeBox::Ods, None))
    {
        judgement.raise(rule::ODS_054, "");
    }
    let mut findings = Vec::with_capacity(judgement.raised.len());
    for raised in &judgement.raised {
        let row = raised.rule.row();
        let params = raised.params();
        let question = match raised.rule {
            rule::ODS_054 => "organisation.parent_ods_code",
            _ if in_dspt_box => "dspt.ods_code",
            _ => "organisation.ods_code",
        };
        findings.push(Finding {
            rule: row.id.as_str(),
            question: question.to_owned(),
            severity: row.severity,
            message: message(raised.rule, in_dspt_box, &params, options.language),
            params: Params(params),
            parts: None,
            review: false,
            suggestion: None,
        });
    }
    (judgement, findings)
}

fn kind(family: FamilyId, language: Language) -> Kind {
    Kind {
        id: family.id(),
        name: family.name(language),
    }
}

/// Everything that a code can be, in the order in which it stands in [`OdsCheck::kinds`]: the families of
/// `src/tables/ods-formats.toml`, those in use before those that were closed.
///
/// ```
/// use ncrs_form_check::message::Language;
/// use ncrs_form_check::ods::kinds;
///
/// let kinds = kinds(Language::English);
/// assert!(kinds.iter().any(|kind| kind.id == "gp_branch" && kind.name == "GP branch surgery"));
/// assert!(!kinds.iter().any(|kind| kind.id == "spaceport"));
/// ```
pub fn kinds(language: Language) -> Vec<Kind> {
    let numbers = 0..u8::try_from(FAMILIES.len()).unwrap_or(u8::MAX);
    numbers.map(|number| kind(FamilyId(number), language)).collect()
}
