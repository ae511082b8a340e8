//! Which rules are there, and what do they promise? The rows of every rule, current and retired, for reviewers and hosts.

use serde::Serialize;

use crate::finding::Severity;
use crate::tables::{FORMS, MessageRow, RULE_FACTS, RULES, RuleFacts, RuleRow, Text};

/// One rule: what its id promises, where that comes from, and the words it says.
///
/// Guaranteed: an id never changes its meaning and is never used again; a retired rule stays listed. In JSON the keys are
/// those of the fields, in this order; `source`, `until` and `variants` are left out when there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    /// The id, like `ORG-008`.
    pub id: &'static str,
    /// The ids of the forms in which it runs. Empty for a retired rule, and for one that only
    /// [`ods::check`](crate::ods::check) can say.
    pub forms: Vec<&'static str>,
    /// The names of the questions it speaks about, rows written as `[]`; `*` alone for a rule of any question.
    pub question: Vec<&'static str>,
    /// How much its finding matters.
    pub severity: Severity,
    /// `documented`, `observed` or `inferred`.
    pub basis: &'static str,
    /// Where that can be read: the key of a source, or its title. Absent for our own reasoning.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source: &'static str,
    /// Whether it can still fire.
    pub status: Life,
    /// The version of this component that first had it.
    pub since: &'static str,
    /// The version that retired it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<&'static str>,
    /// What it says, with its placeholders: `{Label} must be {max} characters or fewer`.
    pub messages: Messages,
    /// What it says in special places, when it does not say the same everywhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
}

/// Whether a rule can still fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// It can.
    Current,
    /// It never fires again; its id stays taken.
    Retired,
}

/// A sentence in each language that has it. What is not there reads as English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Messages {
    /// English.
    pub en: &'static str,
    /// Welsh, where a qualified translator has supplied it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cy: Option<&'static str>,
}

/// What a rule says in a special place. The most special one that fits is the one that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// `dspt`: in a box for a DSPT code.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    pub code_box: Option<&'static str>,
    /// When the param `found` is this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<&'static str>,
    /// The sentence.
    pub messages: Messages,
}

/// Every rule, current and retired, in the order in which findings on one question are reported.
///
/// ```
/// use ncrs_form_check::rules;
///
/// let all = rules();
/// let postcode = all.iter().find(|rule| rule.id == "ORG-008").unwrap();
/// assert_eq!(postcode.messages.en, "Enter a full UK postcode");
/// assert_eq!(postcode.question, ["organisation.postcode"]);
///
/// assert!(!all.iter().any(|rule| rule.id == "DSPT-045"), "a reserved id is no rule");
/// ```
pub fn rules() -> Vec<RuleInfo> {
    RULES
        .iter()
        .zip(RULE_FACTS)
        .map(|(row, facts)| info(row, facts))
        .collect()
}

fn info(row: &'static RuleRow, facts: &RuleFacts) -> RuleInfo {
    let plain = |message: &&MessageRow| !message.dspt_box && message.found == Text::NONE;
    let said = row.messages.iter().find(plain).or(row.messages.first());
    let question: Vec<&'static str> = row
        .questions
        .iter()
        .map(|question| question.row().name.as_str())
        .collect();
    RuleInfo {
        id: row.id.as_str(),
        forms: FORMS
            .iter()
            .enumerate()
            .filter(|(number, _)| row.forms & (1 << number) != 0)
            .map(|(_, form)| form.id)
            .collect(),
        question: if question.is_empty() { vec!["*"] } else { question },
        severity: row.severity,
        basis: facts.basis,
        source: facts.source,
        status: if row.retired { Life::Retired } else { Life::Current },
        since: facts.since,
        until: facts.until,
        messages: said.map_or(Messages { en: "", cy: None }, sentence),
        variants: row
            .messages
            .iter()
            .filter(|message| !plain(message))
            .map(|message| Variant {
                code_box: message.dspt_box.then_some("dspt"),
                found: message.found.some(),
                messages: sentence(message),
            })
            .collect(),
    }
}

fn sentence(message: &MessageRow) -> Messages {
    Messages {
        en: message.words.en.as_str(),
        cy: message.words.cy.some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str) -> RuleInfo {
        rules().into_iter().find(|rule| rule.id == id).unwrap()
    }

    #[test]
    fn a_rule_is_written_with_its_keys_in_order_and_without_empty_ones() {
        assert_eq!(
            serde_json::to_string(&named("ORG-008")).unwrap(),
            r#"{"id":"ORG-008","forms":["ncrs-onboarding","pds-access"],"question":["organisation.postcode"],"severity":"error","basis":"observed","source":"postcode","status":"current","since":"0.1.0","messages":{"en":"Enter a full UK postcode"}}"#
        );
        assert_eq!(
            serde_json::to_string(&named("DSPT-004")).unwrap(),
            r#"{"id":"DSPT-004","forms":[],"question":["dspt.ods_code","dspt.parent_ods_code"],"severity":"error","basis":"inferred","status":"retired","since":"0.1.0","until":"0.1.0","messages":{"en":"Organisation code must only include letters, numbers and hyphens"}}"#
        );
    }

    #[test]
    fn a_rule_of_any_question_names_a_star_and_one_with_special_places_says_each() {
        assert_eq!(named("ANS-001").question, ["*"]);
        let symbols = named("ODS-024");
        assert_eq!(symbols.variants.len(), 14);
        assert_eq!(symbols.variants[0].found, Some("slash"));
        assert_eq!(symbols.messages, symbols.variants[0].messages);
        assert_eq!(symbols.variants[7].code_box, Some("dspt"));
    }
}
