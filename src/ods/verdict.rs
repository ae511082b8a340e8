//! What is the verdict on a text? The steps, in their order.

use super::{CodeBox, Verdict};
use crate::finding::Param;
use crate::tables::{RuleId, rule};
use crate::text::{fold, is_blank};

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
    pub(crate) suggestion: Option<String>,
    pub(crate) tidied: bool,
    /// In the order of the ids.
    pub(crate) raised: Vec<Raised>,
}

/// Judges one text.
pub(crate) fn judge(
    text: &str,
    _code_box: CodeBox,
    _organisation_type: Option<&str>,
    _parent: Option<&str>,
) -> Judgement {
    if is_blank(text) {
        return Judgement {
            verdict: Verdict::Empty,
            code: None,
            suggestion: None,
            tidied: false,
            raised: vec![Raised {
                rule: rule::ODS_001,
                params: Vec::new(),
                at_parent: false,
            }],
        };
    }
    let code = code_reading(text);
    Judgement {
        verdict: Verdict::Plausible,
        tidied: code != text,
        code: Some(code),
        suggestion: None,
        raised: Vec::new(),
    }
}

/// The code reading of a text: what it is when spaces, dashes, case and marks at the ends do not count.
pub(crate) fn code_reading(text: &str) -> String {
    text.chars()
        .filter_map(fold)
        .filter(|character| !matches!(character, ' ' | '-'))
        .map(|character| character.to_ascii_uppercase())
        .collect()
}
