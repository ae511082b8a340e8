//! Can this text be an ODS code, and of what?

mod advice;
mod among_words;
mod date_form;
mod family;
mod lookalike;
mod not_a_code;
mod other_text;
mod reading;
mod scan;
pub(crate) mod verdict;
mod word;

use serde::Serialize;

use crate::finding::Finding;
use crate::message::{Language, message};
use crate::tables::FamilyId;

use verdict::{Raised, judge};

/// Which box the text stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CodeBox {
    /// A box for an ODS code.
    #[default]
    Ods,
    /// A box for the code that an organisation has in the DSPT: usually, but not always, its ODS code.
    Dspt,
}

/// What is known besides the text.
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

/// Judges one text in an ODS code box, in English.
pub fn check(text: &str) -> OdsCheck {
    check_with(text, &OdsOptions::default())
}

/// Judges one text with all that is known about it.
pub fn check_with(text: &str, options: &OdsOptions<'_>) -> OdsCheck {
    let judgement = judge(text, options.code_box, options.organisation_type, options.parent);
    let in_dspt_box = options.code_box == CodeBox::Dspt;
    let question = if in_dspt_box {
        "dspt.ods_code"
    } else {
        "organisation.ods_code"
    };
    let finding = |raised: &Raised| Finding {
        rule: raised.rule.row().id,
        question: if raised.at_parent {
            "organisation.parent_ods_code"
        } else {
            question
        }
        .to_owned(),
        severity: raised.rule.row().severity,
        message: message(raised.rule, in_dspt_box, &raised.params, options.language),
        params: crate::finding::Params(raised.params.clone()),
        parts: None,
        review: false,
        suggestion: None,
    };
    let findings = judgement.raised.iter().map(finding).collect();
    OdsCheck {
        verdict: judgement.verdict,
        code: judgement.code,
        kinds: judgement.kinds.iter().map(|id| kind(id, options.language)).collect(),
        suggestion: judgement.suggestion,
        tidied: judgement.tidied,
        findings,
    }
}

fn kind(id: FamilyId, language: Language) -> Kind {
    let row = id.row();
    let name = match language {
        Language::English => row.en,
        Language::Welsh => row.cy.unwrap_or(row.en),
    };
    Kind { id: row.id, name }
}
