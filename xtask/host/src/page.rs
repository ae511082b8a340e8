//! What does each page hold, and which words does it say? Everything a template needs, worked out here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, bail};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use ncrs_form_check::finding::{Finding, Severity};
use ncrs_form_check::{Context, Form, Options, Report, Status, check};
use serde::Serialize;

use crate::filled::{Filled, MOST_ROWS};
use crate::layout::{Item, Surroundings, shown_when};
use crate::questions::{FormQuestions, Question, root, table};
use crate::told::{Echoed, Missing, Needed, Rulebook, Told, anchor, echoed, label_of, told_apart};

/// The words that the script of the page says.
const SCRIPT_WORDS: [&str; 27] = [
    "basis_documented",
    "basis_inferred",
    "basis_observed",
    "information",
    "next_step",
    "nothing_needed",
    "report",
    "report_hint",
    "review",
    "review_basis",
    "review_errors",
    "review_lead",
    "review_nothing",
    "review_person",
    "review_question",
    "review_rule",
    "rows_most",
    "severity_error",
    "severity_note",
    "severity_stop",
    "severity_warning",
    "status_completed",
    "status_in_progress",
    "status_not_needed",
    "status_not_started",
    "status_problem",
    "stop",
];

/// A page with a form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Page {
    pub(crate) path: &'static str,
    /// The id of the form that the crate checks.
    pub(crate) form: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lead: &'static [&'static str],
    pub(crate) examples: &'static [&'static str],
    #[serde(skip)]
    tasks: &'static str,
    #[serde(skip)]
    send: &'static str,
    #[serde(skip)]
    sent: &'static str,
}

pub(crate) const PAGES: [Page; 2] = [APPLICATION, DECLARATION];

const APPLICATION: Page = Page {
    path: "/application.html",
    form: "ncrs-onboarding",
    title: "Apply to use the National Care Records Service",
    lead: &[
        "Use this form to apply for your organisation to use the National Care Records Service (NCRS). It asks about your organisation, the people responsible, how you will look people up and why.",
        "You need your ODS code, your ICO registration number, and the year and status of your DSPT assessment.",
    ],
    examples: &["good", "incomplete", "contradictory"],
    tasks: "tasks",
    send: "send",
    sent: "sent",
};

const DECLARATION: Page = Page {
    path: "/dspt.html",
    form: "dspt-declaration",
    title: "Declare your Data Security and Protection Toolkit assessment",
    lead: &[
        "Use this form to tell a service which Data Security and Protection Toolkit (DSPT) assessment covers your organisation.",
    ],
    examples: &[],
    tasks: "tasks_declaration",
    send: "send_declaration",
    sent: "sent_declaration",
};

/// A language of the fixed words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Welsh,
}

impl Language {
    pub(crate) fn named(code: Option<&str>) -> Self {
        if code == Some("cy") { Self::Welsh } else { Self::English }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }
}

/// The pages, in both languages.
pub(crate) struct Pages {
    english: Environment<'static>,
    welsh: Environment<'static>,
    application: FormQuestions,
    declaration: FormQuestions,
    rulebook: Rulebook,
    words: toml::Table,
}

#[derive(Serialize)]
struct FormView<'a> {
    page: PageView<'a>,
    sections: Vec<SectionView>,
    summary: Vec<Told>,
    stopping: Vec<Told>,
    reviewing: Vec<Told>,
    missing: Vec<Needed>,
    undrawn: Vec<(&'a str, &'a str)>,
    today: Option<&'a str>,
}

#[derive(Serialize)]
struct SentView<'a> {
    page: PageView<'a>,
    heading: String,
    stopping: Vec<Told>,
    reviewing: Vec<Told>,
    given: Vec<(String, String)>,
    echoed: Vec<Echoed>,
}

#[derive(Serialize)]
struct ToldView<'a> {
    heading: &'a str,
    errors: &'a [&'a Finding],
    others: &'a [&'a Finding],
}

#[derive(Serialize)]
struct PageView<'a> {
    #[serde(flatten)]
    page: &'a Page,
    /// What its button says.
    tasks: String,
    send: String,
}

#[derive(Serialize)]
struct SectionView {
    id: String,
    title: String,
    items: Vec<Item>,
    shown_when: Option<String>,
    only_if: Option<String>,
    status: Option<Status>,
    status_classes: &'static str,
}

impl Pages {
    pub(crate) fn read() -> anyhow::Result<Self> {
        let folder = root().join("xtask/host/pages");
        let words: toml::Table = table(&folder.join("words.toml"))?;
        let guidance: toml::Table = table(&folder.join("guidance.toml"))?;
        let rulebook = Rulebook::read(&guidance)?;
        let environment = |language: Language| -> anyhow::Result<Environment<'static>> {
            let mut environment = Environment::new();
            environment.set_auto_escape_callback(|_| AutoEscape::Html);
            environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
            for name in [
                "layout.html",
                "fields.html",
                "findings.html",
                "form.html",
                "sent.html",
                "told.html",
            ] {
                let text = fs::read_to_string(folder.join(name)).with_context(|| format!("could not read {name}"))?;
                environment.add_template_owned(name, text)?;
            }
            environment.add_global("language", language.code());
            let Some(toml::Value::Table(own)) = words.get(language.code()) else {
                bail!("words.toml has no words of the language {}", language.code());
            };
            let for_script: BTreeMap<&str, &toml::Value> = SCRIPT_WORDS
                .iter()
                .filter_map(|name| Some((*name, own.get(*name)?)))
                .collect();
            environment.add_global("words", Serde(own));
            environment.add_global("most_rows", MOST_ROWS);
            environment.add_global("guidance", Serde(&guidance));
            environment.add_global("script_words", serde_json::to_string(&for_script)?);
            Ok(environment)
        };
        Ok(Self {
            english: environment(Language::English)?,
            welsh: environment(Language::Welsh)?,
            application: FormQuestions::read(APPLICATION.form)?,
            declaration: FormQuestions::read(DECLARATION.form)?,
            rulebook,
            words,
        })
    }

    /// The questions of a page.
    pub(crate) fn questions(&self, page: &Page) -> &FormQuestions {
        if page.form == DECLARATION.form {
            &self.declaration
        } else {
            &self.application
        }
    }

    /// Judges the answers of a page on a day.
    pub(crate) fn report(
        &self,
        page: &Page,
        filled: &Filled,
        today: &str,
        language: Language,
    ) -> anyhow::Result<Report> {
        let form: Form = page.form.parse().map_err(stated)?;
        let mut report = check(form, &filled.judged(), &context_on(today, language)?).map_err(stated)?;
        told_apart(&mut report.findings, |list, row| {
            format!("{} {row}", self.word(language, noun_of(list)))
        });
        Ok(report)
    }

    /// The form: empty, filled again, or with what must be mended.
    pub(crate) fn form(
        &self,
        page: &Page,
        filled: &Filled,
        report: Option<&Report>,
        today: Option<&str>,
        offered_on: &str,
        language: Language,
    ) -> anyhow::Result<String> {
        let questions = self.questions(page);
        let all: Vec<Question> = questions.all().cloned().collect();
        let editions: Vec<(String, String)> = context_on(offered_on, language)?
            .dspt_editions()
            .into_iter()
            .map(|edition| (edition.value, edition.label))
            .collect();
        let filled = match report {
            Some(report) => filled.clone().said(report),
            None => filled.clone(),
        };
        let surroundings = Surroundings {
            filled: &filled,
            all: &all,
            editions: &editions,
        };
        let mut sections = Vec::new();
        for section in &questions.sections {
            let (tests, items) = surroundings.section(section);
            let status = report
                .and_then(|report| report.sections.iter().find(|other| other.id == section.id))
                .map(|found| found.status);
            sections.push(SectionView {
                id: section.id.clone(),
                title: section.title.clone(),
                items,
                only_if: tests.first().and_then(|test| surroundings.only_if(test)),
                shown_when: (!tests.is_empty()).then(|| shown_when(&tests)),
                status,
                status_classes: status.map_or("", classes_of),
            });
        }
        let told = |wanted: fn(&Finding) -> bool| self.rulebook.told(questions, report, wanted);
        let missing: Vec<Needed> = report
            .iter()
            .flat_map(|report| &report.sections)
            .filter(|section| !section.missing.is_empty())
            .map(|section| Needed {
                title: section.title.to_owned(),
                questions: section
                    .missing
                    .iter()
                    .map(|name| Missing {
                        at: anchor(questions, name),
                        label: label_of(questions, name),
                    })
                    .collect(),
            })
            .collect();
        let lists: BTreeSet<&str> = questions.all().filter_map(Question::list).collect();
        self.render(
            "form.html",
            language,
            &FormView {
                page: self.page(page, language),
                sections,
                summary: told(|finding| finding.severity == Severity::Error),
                stopping: told(|finding| finding.severity == Severity::Stop),
                reviewing: told(|finding| matches!(finding.severity, Severity::Warning | Severity::Note)),
                missing,
                undrawn: filled.undrawn(&lists),
                today,
            },
        )
    }

    /// What comes after a form without mistakes.
    pub(crate) fn sent(
        &self,
        page: &Page,
        filled: &Filled,
        report: &Report,
        language: Language,
    ) -> anyhow::Result<String> {
        let questions = self.questions(page);
        let stopping = self
            .rulebook
            .told(questions, Some(report), |finding| finding.severity == Severity::Stop);
        let words = if stopping.is_empty() { page.sent } else { "stopped" };
        self.render(
            "sent.html",
            language,
            &SentView {
                page: self.page(page, language),
                heading: self.word(language, words),
                stopping,
                reviewing: self.rulebook.told(questions, Some(report), |finding| {
                    matches!(finding.severity, Severity::Warning | Severity::Note)
                }),
                given: filled.everything(),
                echoed: echoed(questions, filled),
            },
        )
    }

    /// Findings under a heading, for a page that was not made here.
    pub(crate) fn told_page(&self, heading: &str, errors: &[&Finding], others: &[&Finding]) -> anyhow::Result<String> {
        let view = ToldView {
            heading,
            errors,
            others,
        };
        self.render("told.html", Language::English, &view)
    }

    /// Sources and next steps, for the script of the page.
    #[cfg(test)]
    pub(crate) fn reference(&self) -> anyhow::Result<String> {
        self.rulebook.reference()
    }

    fn page<'a>(&self, page: &'a Page, language: Language) -> PageView<'a> {
        PageView {
            page,
            tasks: self.word(language, page.tasks),
            send: self.word(language, page.send),
        }
    }

    fn word(&self, language: Language, name: &str) -> String {
        let words = self.words.get(language.code()).and_then(toml::Value::as_table);
        words
            .and_then(|words| words.get(name)?.as_str())
            .unwrap_or_default()
            .to_owned()
    }

    fn environment(&self, language: Language) -> &Environment<'static> {
        match language {
            Language::English => &self.english,
            Language::Welsh => &self.welsh,
        }
    }

    fn render(&self, name: &str, language: Language, view: &impl Serialize) -> anyhow::Result<String> {
        self.environment(language)
            .get_template(name)?
            .render(Serde(view))
            .with_context(|| format!("could not draw {name}"))
    }
}

/// The word for one row of a list.
fn noun_of(list: &str) -> &'static str {
    if list == "ra.users" { "user" } else { "privacy_officer" }
}

fn context_on(today: &str, language: Language) -> anyhow::Result<Context> {
    let options = Options {
        today: today.to_owned(),
        language: Some(language.code().to_owned()),
        ..Options::default()
    };
    Context::from_options(&options).map_err(stated)
}

fn stated(fault: ncrs_form_check::Fault) -> anyhow::Error {
    anyhow::anyhow!("{fault}")
}

fn classes_of(status: Status) -> &'static str {
    match status {
        Status::NotStarted => "nhsuk-tag--blue",
        Status::InProgress => "nhsuk-tag--purple",
        Status::Problem => "nhsuk-tag--red",
        Status::Completed => "nhsuk-tag--no-colour nhsuk-tag--no-border nhsuk-u-font-weight-normal",
        Status::NotNeeded => {
            "nhsuk-tag--no-colour nhsuk-tag--no-border nhsuk-u-font-weight-normal nhsuk-u-secondary-text-colour"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// The day on which the pages that are files stand. Only the years of the DSPT on offer depend on it.
    const WRITTEN_ON: &str = "2026-11-22";

    fn pages() -> Pages {
        Pages::read().unwrap_or_else(|error| panic!("{error:#}"))
    }

    /// Holds a file against what it should be; `BLESS=1` writes it instead.
    fn is_current(name: &str, text: &str) {
        let file: PathBuf = root().join("www").join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, text).unwrap_or_else(|error| panic!("{error}"));
        }
        let found = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == text,
            "www/{name} is not what the tables and the templates say. Write it again with `BLESS=1 cargo test --package host`"
        );
    }

    fn drawn(page: &Page, filled: &Filled) -> String {
        let html = pages().form(page, filled, None, Some(WRITTEN_ON), WRITTEN_ON, Language::English);
        html.unwrap_or_else(|error| panic!("{error:#}"))
    }

    #[test]
    fn every_question_of_the_tables_has_a_control_and_no_id_is_there_twice() {
        let pages = pages();
        for page in PAGES {
            let html = drawn(&page, &Filled::default());
            for question in pages.questions(&page).all() {
                let name = question.id.replace("[]", "[0]");
                let name = if question.is_date() {
                    format!("{name}.day")
                } else {
                    name
                };
                assert!(
                    html.contains(&format!("name=\"{name}\"")),
                    "{} has no control for {name}",
                    page.path
                );
            }
            let mut ids: Vec<&str> = html
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{} has an id twice", page.path);
        }
    }

    #[test]
    fn every_submission_filled_in_gives_the_findings_that_it_should() {
        let pages = pages();
        let [page, _] = PAGES;
        let mut seen = 0;
        for entry in fs::read_dir(root().join("tests/submissions")).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let case: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            let filled = Filled::from_nested(&case["submission"], pages.questions(&page));
            let today = case["as_of"].as_str().unwrap();
            let report = pages.report(&page, &filled, today, Language::English).unwrap();
            let found: Vec<(&str, &str)> = report
                .findings
                .iter()
                .map(|finding| (finding.rule, finding.question.as_str()))
                .collect();
            let expected: Vec<(&str, &str)> = case["expect"]["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|finding| (finding["rule"].as_str().unwrap(), finding["question"].as_str().unwrap()))
                .collect();
            assert_eq!(found, expected, "{}", file.display());
            assert_eq!(report.unknown, [""; 0], "{}", file.display());
            seen += 1;
        }
        assert!(seen >= 15, "{seen} submissions were looked at");
    }

    #[test]
    fn what_was_closed_on_the_page_is_kept_and_not_judged() {
        let pages = pages();
        let [page, _] = PAGES;
        let pairs = |names: &[(&str, &str)]| {
            Filled::from_pairs(
                names
                    .iter()
                    .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                    .collect(),
            )
        };
        let left_over = [("pds.stores_data", "no"), ("pds.retention_period", "For ever")];
        let rules = |filled: &Filled| -> Vec<&str> {
            let report = pages.report(&page, filled, WRITTEN_ON, Language::English).unwrap();
            report.findings.iter().map(|finding| finding.rule).collect()
        };
        let open = pairs(&left_over);
        let closed = pairs(&[left_over[0], left_over[1], ("page.closed", "pds.retention_period")]);
        assert!(rules(&open).contains(&"PDS-025"));
        assert!(!rules(&closed).contains(&"PDS-025"));
        assert!(drawn(&page, &closed).contains("For ever</textarea>"));
        let sent = |filled: &Filled| {
            let report = pages.report(&page, filled, WRITTEN_ON, Language::English).unwrap();
            let html = pages.sent(&page, filled, &report, Language::English).unwrap();
            html.split_once("What you sent").unwrap().1.to_owned()
        };
        assert!(sent(&open).contains("For ever"));
        assert!(!sent(&closed).contains("For ever"));
    }

    #[test]
    fn what_has_no_words_in_welsh_says_that_it_is_english() {
        let pages = pages();
        let [page, _] = PAGES;
        let filled = Filled::from_pairs(vec![("organisation.name".to_owned(), "A".to_owned())]);
        let report = pages.report(&page, &filled, WRITTEN_ON, Language::Welsh).unwrap();
        let html = pages
            .form(&page, &filled, Some(&report), None, WRITTEN_ON, Language::Welsh)
            .unwrap();
        assert!(html.contains("data-question=\"organisation.ods_code\" lang=\"en\"><a"));
        assert!(html.contains("<span class=\"nhsuk-u-visually-hidden\" lang=\"cy\">Gwall: </span>"));
        let sent = pages.sent(&page, &filled, &report, Language::Welsh).unwrap();
        assert!(!sent.contains("erbyniwyd"), "nothing is said to be accepted");
    }

    #[test]
    fn what_is_typed_is_never_markup() {
        let [page, _] = PAGES;
        let typed = "\"></textarea><script>alert(1)</script>";
        let filled = Filled::from_pairs(
            [
                "organisation.name",
                "pds.use_case",
                "organisation.type",
                "ra.users[0].name",
            ]
            .map(|name| (name.to_owned(), typed.to_owned()))
            .into(),
        );
        let html = drawn(&page, &filled);
        assert_eq!(html.matches("<script>").count(), 0);
        assert_eq!(
            html.matches("&lt;script&gt;").count(),
            5,
            "two in the list: value and words"
        );
    }

    #[test]
    fn a_row_that_nobody_could_have_added_costs_no_page_of_rows() {
        let [page, _] = PAGES;
        let filled = Filled::from_pairs(vec![("ra.users[9999].name".to_owned(), "A".to_owned())]);
        assert_eq!(filled.rows("ra.users"), 100);
        let html = drawn(&page, &filled);
        assert!(html.len() < 5_000_000);
        assert!(html.contains("<input type=\"hidden\" name=\"ra.users[9999].name\" value=\"A\">"));
        assert!(!html.contains("value=\"add ra.users\"") && html.contains("This page has room for 100"));
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let words: toml::Table = table(&root().join("xtask/host/pages/words.toml")).unwrap();
        let names = |language: &str| -> Vec<String> {
            let words = words[language].as_table().unwrap();
            words.keys().cloned().collect()
        };
        assert_eq!(names("en"), names("cy"));
    }

    #[test]
    fn the_pages_that_are_files_are_current() {
        let pages = pages();
        for page in PAGES {
            let html = pages.form(&page, &Filled::default(), None, None, WRITTEN_ON, Language::English);
            is_current(
                page.path.trim_start_matches('/'),
                &html.unwrap_or_else(|error| panic!("{error:#}")),
            );
        }
        let reference = pages.reference();
        is_current("reference.json", &reference.unwrap_or_else(|error| panic!("{error:#}")));
    }
}
