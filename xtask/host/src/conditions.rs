//! When is a question shown? Conditions of the tables, as tests that a page can make without the rules.
//!
//! A page shows a question unless it certainly does not apply. The rules decide; showing too much costs a person a glance, showing too
//! little an answer.

use std::path::Path;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::questions::table;

/// One answer, held against some values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Test {
    pub(crate) question: String,
    pub(crate) is: Vec<String>,
    /// The answer must not be one of them. A blank answer is none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not: bool,
}

impl Test {
    fn of(question: &str, is: impl IntoIterator<Item = impl Into<String>>, not: bool) -> Self {
        Self {
            question: question.to_owned(),
            is: is.into_iter().map(Into::into).collect(),
            not,
        }
    }

    /// The one value that this test wants, if it wants one.
    pub(crate) fn value(&self) -> Option<&str> {
        match self.is.as_slice() {
            [value] if !self.not => Some(value),
            _ => None,
        }
    }
}

/// The conditions that have names.
pub(crate) struct Named {
    rows: Vec<ConditionRow>,
    review: Vec<String>,
}

#[derive(Deserialize)]
struct ConditionsFile {
    condition: Vec<ConditionRow>,
}

#[derive(Deserialize)]
struct ConditionRow {
    name: String,
    means: String,
}

#[derive(Deserialize)]
struct PoliciesFile {
    policy: Vec<PolicyRow>,
}

#[derive(Deserialize)]
struct PolicyRow {
    policy: String,
    review: Vec<String>,
}

#[derive(Deserialize)]
struct StatusesFile {
    status: Vec<StatusRow>,
}

#[derive(Deserialize)]
struct StatusRow {
    key: String,
    value: String,
}

/// The policy of a check that names none.
const POLICY: &str = "ncrs_default";

impl Named {
    pub(crate) fn read(tables: &Path) -> anyhow::Result<Self> {
        let conditions: ConditionsFile = table(&tables.join("conditions.toml"))?;
        let policies: PoliciesFile = table(&tables.join("dspt-policies.toml"))?;
        let statuses: StatusesFile = table(&tables.join("dspt-statuses.toml"))?;
        let Some(policy) = policies.policy.into_iter().find(|row| row.policy == POLICY) else {
            bail!("no row of dspt-policies.toml is called {POLICY}");
        };
        let review = statuses
            .status
            .into_iter()
            .filter(|row| policy.review.contains(&row.key))
            .map(|row| row.value)
            .collect();
        Ok(Self {
            rows: conditions.condition,
            review,
        })
    }

    /// The tests of a condition. Only what the tables use is understood; anything else is an error that shows it.
    pub(crate) fn tests(&self, condition: &str) -> anyhow::Result<Vec<Test>> {
        let mut tests = Vec::new();
        for part in condition.split(" and ") {
            tests.push(self.test(part.trim())?);
        }
        Ok(tests)
    }

    fn test(&self, part: &str) -> anyhow::Result<Test> {
        match part {
            // A blank answer is an end user's: onboarding.md 4.1.
            "end_user" => return Ok(Test::of("journey.applicant_type", ["system_supplier"], true)),
            // What the status says is in `src/dspt/rules.rs`; the rules also ask which editions have it.
            "dspt_dated" => {
                return Ok(Test::of(
                    "dspt.status",
                    ["not_published", "in_progress", "ig_toolkit"],
                    true,
                ));
            }
            "dspt_plan" => return Ok(Test::of("dspt.status", &self.review, false)),
            _ => {}
        }
        if let Some(row) = self.rows.iter().find(|row| row.name == part) {
            return self.test(&row.means);
        }
        if let Some(rest) = part.strip_prefix("not ") {
            let test = self.test(rest)?;
            return Ok(Test { not: !test.not, ..test });
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            [question, "=" | "has", value] => Ok(Test::of(question, [*value], false)),
            [question, "in", values @ ..] if !values.is_empty() && !values.contains(&"list") => {
                Ok(Test::of(question, values.iter().copied(), false))
            }
            _ => bail!("a page cannot make the test `{part}` yet: teach xtask/host/src/conditions.rs"),
        }
    }
}
