//! What does one declaration say, changed in one or two places? The start is a declaration without a mistake.

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Finding;
use ncrs_form_check::{Context, Form, Options, Report, check};

use super::edges::good;

/// A declaration on a day.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    form: Form,
    options: Options,
    answers: Vec<(String, String)>,
}

impl Declared {
    /// The declaration without a mistake, on 22 November 2026. Everything in it is invented.
    pub(crate) fn good() -> Self {
        let (today, answers) = good();
        Self {
            answers,
            ..Self::of(&[]).on(&today)
        }
    }

    /// Only what an edition, a status and a day of publication say: for tests that ask many times.
    pub(crate) fn short(edition: &str, published: &str) -> Self {
        Self::of(&[
            ("dspt.published", "yes"),
            ("dspt.edition", edition),
            ("dspt.status", "standards_met"),
            ("dspt.published_date", published),
        ])
    }

    pub(crate) fn of(answers: &[(&str, &str)]) -> Self {
        Self {
            form: Form::DsptDeclaration,
            options: Options {
                today: "2026-11-22".to_owned(),
                ..Options::default()
            },
            answers: answers
                .iter()
                .map(|(question, text)| ((*question).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    pub(crate) fn on(mut self, today: &str) -> Self {
        self.options.today = today.to_owned();
        self
    }

    /// Another form: the onboarding asks the same of the DSPT.
    pub(crate) fn in_form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    pub(crate) fn policy(mut self, name: &str) -> Self {
        self.options.policy = Some(name.to_owned());
        self
    }

    /// What a host says besides: `today` stays.
    pub(crate) fn options(mut self, json: &str) -> Self {
        let today = self.options.today;
        self.options = serde_json::from_str(json).unwrap();
        self.options.today = today;
        self
    }

    /// Answers a question, in place of what stood there. Nothing takes the answer away.
    pub(crate) fn with(mut self, question: &str, text: &str) -> Self {
        let parts = format!("{question}.");
        self.answers
            .retain(|(name, _)| name != question && !name.starts_with(&parts));
        if !text.is_empty() {
            self.answers.push((question.to_owned(), text.to_owned()));
        }
        self
    }

    /// A date in three parts.
    pub(crate) fn with_parts(self, question: &str, [day, month, year]: [&str; 3]) -> Self {
        let mut without = self.with(question, "");
        for (part, text) in [("day", day), ("month", month), ("year", year)] {
            without.answers.push((format!("{question}.{part}"), text.to_owned()));
        }
        without
    }

    pub(crate) fn report(&self) -> Report {
        let context = Context::from_options(&self.options).unwrap();
        check(self.form, &Answers::from_pairs(self.answers.clone()), &context).unwrap()
    }

    /// What the options are refused with.
    pub(crate) fn fault(&self) -> String {
        Context::from_options(&self.options).unwrap_err().to_string()
    }

    /// The findings of this issue: `DSPT-*`, and `JRN-002` that stands for all of them.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut findings = self.report().findings;
        findings.retain(|finding| finding.rule.starts_with("DSPT-") || finding.rule == "JRN-002");
        findings
    }

    pub(crate) fn rules(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.rule).collect()
    }

    pub(crate) fn has(&self, rule: &str) -> bool {
        self.findings().iter().any(|finding| finding.rule == rule)
    }

    pub(crate) fn message(&self, rule: &str) -> String {
        self.findings()
            .into_iter()
            .find(|finding| finding.rule == rule)
            .map_or_else(|| format!("{rule} is silent"), |finding| finding.message)
    }

    pub(crate) fn valid_until(&self) -> Option<String> {
        self.report().dspt.and_then(|dspt| dspt.valid_until)
    }
}

#[test]
fn the_declaration_that_tests_start_from_has_no_mistake() {
    assert_eq!(Declared::good().rules(), [""; 0]);
    assert_eq!(Declared::good().valid_until().as_deref(), Some("2027-06-30"));
}
