//! How do answers and reports cross into JavaScript? As one text each way: fields with a separator between them.
//!
//! Fields are joined by U+001F. Inside a field U+001E and `a` stand for U+001E, U+001E and `b` for U+001F, so a field can
//! hold anything. The other half is `pkg/boundary.js`; tests compare what it makes of a report with what serde writes.
//! Nothing here belongs to a browser, so the native tests can run it.

use std::borrow::Cow;

use crate::answers::{Answers, Given};
use crate::fault::Fault;
use crate::finding::{DatePart, Finding, Param, Severity};
use crate::form::report::{Outcome, Report, Status};
use crate::ods::{CodeBox, OdsCheck, OdsOptions, Verdict};
use crate::text::{concat, joined, number, to_usize, whole};
use crate::{AddedOption, Entries, Field, Form, OptionChanges, Options, Profile, Row, When};

const SEPARATOR: char = '\u{1F}';
const ESCAPE: char = '\u{1E}';

/// Fields one after the other.
pub(crate) struct Reader<'a> {
    fields: std::str::Split<'a, char>,
}

impl<'a> Reader<'a> {
    /// Reads a packed text from its start.
    pub(crate) fn new(packed: &'a str) -> Self {
        Self {
            fields: packed.split(SEPARATOR),
        }
    }

    fn raw(&mut self) -> Result<&'a str, Fault> {
        self.fields
            .next()
            .ok_or_else(|| Fault::new(&["the packed text ends too early; pkg and Wasm are of different versions"]))
    }

    fn field(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.raw().map(unescaped)
    }

    fn optional(&mut self) -> Result<Option<String>, Fault> {
        let field = self.raw()?;
        Ok((!field.is_empty()).then(|| unescaped(field).into_owned()))
    }

    /// A flag of one character, or nothing.
    fn flag(&mut self) -> Result<bool, Fault> {
        self.raw().map(|field| !field.is_empty())
    }

    /// An object: its length, then names and values.
    fn entries<T>(&mut self, value: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Option<Entries<T>>, Fault> {
        let Some(count) = self.count()? else { return Ok(None) };
        let mut entries = Entries::default();
        for _ in 0..count {
            let name = self.field()?.into_owned();
            entries.push(name, value(self)?);
        }
        Ok(Some(entries))
    }

    fn texts(&mut self) -> Result<Option<Entries<String>>, Fault> {
        self.entries(|reader| reader.field().map(Cow::into_owned))
    }

    fn rows(&mut self) -> Result<Option<Vec<Row>>, Fault> {
        let Some(count) = self.count()? else { return Ok(None) };
        let mut rows = Vec::new();
        for _ in 0..count {
            rows.push(self.texts()?.unwrap_or_default());
        }
        Ok(Some(rows))
    }

    fn profile(&mut self) -> Result<Option<Profile>, Fault> {
        if !self.flag()? {
            return Ok(None);
        }
        Ok(Some(Profile {
            id: self.optional_text()?,
            drop: self.list()?.unwrap_or_default(),
            required: self.entries(Self::flag)?.unwrap_or_default(),
            options: self.entries(Self::option_changes)?.unwrap_or_default(),
            labels: self.texts()?.unwrap_or_default(),
            rules: self.texts()?.unwrap_or_default(),
        }))
    }

    fn host_field(&mut self) -> Result<Field, Fault> {
        Ok(Field {
            kind: self.optional_text()?,
            label: self.optional_text()?,
            required: self.optional_text()?.map(|required| required == "1"),
            when: match self.optional_text()? {
                None => None,
                Some(field) => Some(When {
                    field,
                    is: self.list()?.unwrap_or_default(),
                }),
            },
            max_characters: self.count()?,
            must_be: self.optional_text()?,
            min: self.count()?,
            max: self.count()?,
            exclusive: self.optional_text()?,
            exclusive_label: self.optional_text()?,
            options: self.list()?,
        })
    }

    fn option_changes(&mut self) -> Result<OptionChanges, Fault> {
        let mut add = Vec::new();
        for _ in 0..self.count()?.unwrap_or_default() {
            add.push(AddedOption {
                value: self.field()?.into_owned(),
                label: self.field()?.into_owned(),
                counts_as: self.optional_text()?,
            });
        }
        Ok(OptionChanges {
            add,
            drop: self.list()?.unwrap_or_default(),
        })
    }

    /// A text after `+`, so that an empty text is not no text.
    fn optional_text(&mut self) -> Result<Option<String>, Fault> {
        let field = self.raw()?;
        Ok(field.strip_prefix('+').map(|text| unescaped(text).into_owned()))
    }

    /// The length of a list; an empty field is no list.
    fn count(&mut self) -> Result<Option<u32>, Fault> {
        let field = self.raw()?;
        if field.is_empty() {
            return Ok(None);
        }
        match whole(field) {
            None => Err(Fault::new(&["a packed list has no length; pkg and Wasm are of different versions"])),
            length => Ok(length),
        }
    }

    /// A list is its length and its items; no list is an empty field.
    fn list(&mut self) -> Result<Option<Vec<String>>, Fault> {
        let Some(count) = self.count()? else { return Ok(None) };
        // A length is not trusted with memory: the fields are what there is.
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(self.field()?.into_owned());
        }
        Ok(Some(list))
    }
}

fn unescaped(field: &str) -> Cow<'_, str> {
    if !field.contains(ESCAPE) {
        return Cow::Borrowed(field);
    }
    let mut plain = String::with_capacity(field.len());
    let mut escaped = false;
    for character in field.chars() {
        match (escaped, character) {
            (false, ESCAPE) => {
                escaped = true;
                continue;
            }
            (true, 'b') => plain.push(SEPARATOR),
            (true, 'a') => plain.push(ESCAPE),
            (_, other) => plain.push(other),
        }
        escaped = false;
    }
    Cow::Owned(plain)
}

/// A packed call of `check`: the form, what is often said of it, and the answers.
#[derive(Debug)]
pub(crate) struct Request {
    /// The form that is checked.
    pub(crate) form: Form,
    /// What the host said.
    pub(crate) options: Options,
    /// The answers.
    pub(crate) answers: Answers,
}

impl Request {
    /// Reads a packed call.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for an unknown form, or when the text was not written by the same version.
    pub(crate) fn read(packed: &str) -> Result<Self, Fault> {
        let mut reader = Reader::new(packed);
        let form = reader.field()?.parse()?;
        let options = Options {
            today: reader.field()?.into_owned(),
            policy: reader.optional()?,
            language: reader.optional()?,
            suggestions: reader.flag()?,
            asked: reader.list()?,
            only: reader.list()?,
            calendar: reader.rows()?,
            policies: reader.rows()?,
            lists: reader.rows()?,
            messages: reader.texts()?,
            profile: reader.profile()?,
            fields: reader.entries(Reader::host_field)?,
        };
        let nested = reader.flag()?;
        let mut given = Vec::new();
        while let Some(name) = reader.fields.next() {
            let value = match reader.raw()? {
                "\u{1E}l" => Given::EmptyList,
                "\u{1E}o" => Given::EmptyObject,
                "\u{1E}m" => Given::Misfit,
                text => Given::Text(unescaped(text).into_owned()),
            };
            given.push((unescaped(name).into_owned(), value));
        }
        Ok(Self {
            form,
            options,
            answers: Answers::from_given(given, nested),
        })
    }
}

/// Reads the packed options of `checkOdsCode`: box, language, type of organisation, parent.
///
/// # Errors
///
/// A [`Fault`] for an unknown box or language.
pub(crate) fn with_ods_options<T>(packed: &str, use_them: impl FnOnce(&OdsOptions<'_>) -> T) -> Result<T, Fault> {
    if packed.is_empty() {
        return Ok(use_them(&OdsOptions::default()));
    }
    let mut reader = Reader::new(packed);
    let code_box = match &*reader.field()? {
        "" | "ods" => CodeBox::Ods,
        "dspt" => CodeBox::Dspt,
        other => {
            return Err(Fault::expected("options.box", "ods or dspt", other));
        }
    };
    let language = match reader.optional()? {
        None => Default::default(),
        Some(code) => code.parse()?,
    };
    let (organisation_type, parent) = (reader.optional()?, reader.optional()?);
    Ok(use_them(&OdsOptions {
        code_box,
        organisation_type: organisation_type.as_deref(),
        parent: parent.as_deref(),
        language,
    }))
}

/// Fields that are written one after the other.
#[derive(Default)]
struct Writer(String);

impl Writer {
    fn field(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push(SEPARATOR);
        }
        if text.contains([SEPARATOR, ESCAPE]) {
            for character in text.chars() {
                match character {
                    SEPARATOR => self.0.push_str("\u{1E}b"),
                    ESCAPE => self.0.push_str("\u{1E}a"),
                    other => self.0.push(other),
                }
            }
        } else {
            self.0.push_str(text);
        }
    }

    fn number(&mut self, value: usize) {
        self.field(&number(value));
    }

    /// `+` and the text, so that an empty text is not no text.
    fn optional(&mut self, text: Option<&str>) {
        match text {
            None => self.field(""),
            Some(text) => self.field(&concat(&["+", text])),
        }
    }

    fn list(&mut self, list: &[String]) {
        self.number(list.len());
        for item in list {
            self.field(item);
        }
    }

    fn findings(&mut self, findings: &[Finding]) {
        self.number(findings.len());
        for finding in findings {
            self.field(finding.rule);
            self.field(&finding.question);
            self.field(severity(finding.severity));
            self.field(&finding.message);
            self.number(finding.params.0.len());
            for (name, value) in &finding.params.0 {
                self.field(name);
                match value {
                    Param::Number(value) => self.field(&concat(&["#", &number(to_usize(*value))])),
                    Param::Text(text) => self.field(&concat(&["+", text])),
                }
            }
            let parts: Option<Vec<&str>> = finding
                .parts
                .as_ref()
                .map(|parts| parts.iter().map(|part| DatePart::name(*part)).collect());
            self.optional(parts.map(|parts| joined(&parts, " ")).as_deref());
            self.field(if finding.review { "1" } else { "" });
            self.optional(finding.suggestion.as_deref());
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Stop => "stop",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Packs what `checkOdsCode` found.
pub(crate) fn ods_check(check: &OdsCheck) -> String {
    let mut writer = Writer::default();
    writer.field(match check.verdict {
        Verdict::Plausible => "plausible",
        Verdict::Unusual => "unusual",
        Verdict::Retired => "retired",
        Verdict::Impossible => "impossible",
        Verdict::Empty => "empty",
    });
    writer.optional(check.code.as_deref());
    writer.number(check.kinds.len());
    for kind in &check.kinds {
        writer.field(kind.id);
        writer.field(kind.name);
    }
    writer.optional(check.suggestion.as_deref());
    writer.field(if check.tidied { "1" } else { "" });
    writer.findings(&check.findings);
    writer.0
}

/// Packs a report.
pub(crate) fn report(report: &Report) -> String {
    let mut writer = Writer::default();
    writer.field(report.form);
    writer.field(report.version);
    writer.field(&report.today);
    writer.field(report.language);
    writer.field(match report.outcome {
        Outcome::Accept => "accept",
        Outcome::Reject => "reject",
        Outcome::Stop => "stop",
    });
    writer.findings(&report.findings);
    writer.number(report.sections.len());
    for section in &report.sections {
        writer.field(section.id);
        writer.field(section.title);
        writer.field(match section.status {
            Status::NotStarted => "not_started",
            Status::InProgress => "in_progress",
            Status::Problem => "problem",
            Status::Completed => "completed",
            Status::NotNeeded => "not_needed",
        });
        writer.number(to_usize(section.needed));
        writer.number(to_usize(section.answered));
        writer.list(&section.missing);
    }
    writer.number(to_usize(report.progress.needed));
    writer.number(to_usize(report.progress.answered));
    // No DSPT section is "", a section without a day is "-".
    writer.field(match &report.dspt {
        None => "",
        Some(dspt) => dspt.valid_until.as_deref().unwrap_or("-"),
    });
    writer.list(&report.unknown);
    writer.optional(report.profile.as_deref());
    writer.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_can_hold_the_separator_and_the_escape() {
        let mut writer = Writer::default();
        writer.field("x");
        writer.field("a\u{1F}b\u{1E}c");
        writer.field("");
        let mut reader = Reader::new(&writer.0);
        assert_eq!(reader.field().unwrap(), "x");
        assert_eq!(reader.field().unwrap(), "a\u{1F}b\u{1E}c");
        assert_eq!(reader.field().unwrap(), "");
        assert!(reader.field().is_err());
    }

    #[test]
    fn a_packed_call_is_read_back() {
        let packed = [
            "ods-code",
            "2026-11-22",
            "",
            "cy",
            "1",
            "1",
            "organisation.ods_code",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "1",
            "organisation",
            "\u{1E}o",
            "x",
            "y",
        ]
        .join("\u{1F}");
        let request = Request::read(&packed).unwrap();
        assert_eq!(request.form, Form::OdsCode);
        assert_eq!(request.options.language.as_deref(), Some("cy"));
        assert_eq!(request.options.asked.unwrap(), ["organisation.ods_code"]);
        assert_eq!(request.options.only, None);
        assert!(request.options.suggestions);
        assert_eq!(
            request.answers.given(),
            [
                ("organisation".to_owned(), Given::EmptyObject),
                ("x".to_owned(), Given::Text("y".to_owned()))
            ]
        );
        assert!(
            Request::read("ods-code")
                .unwrap_err()
                .to_string()
                .contains("different versions")
        );
    }

    #[test]
    fn a_report_is_packed_in_the_order_of_its_keys() {
        let context = crate::Context::new("2026-11-22".parse().unwrap());
        let answers = Answers::from_pairs([("organisation.ods_code", "A81-001."), ("x\u{1F}", "y")]);
        let packed = report(&crate::check(Form::OdsCode, &answers, &context).unwrap());
        let fields: Vec<&str> = packed.split(SEPARATOR).collect();
        let note = "Spaces, dashes and small letters make no difference to an ODS code";
        assert_eq!(
            fields,
            [
                "ods-code",
                crate::VERSION,
                "2026-11-22",
                "en",
                "accept",
                "1",
                "ODS-002",
                "organisation.ods_code",
                "note",
                note,
                "0",
                "",
                "",
                "",
                "1",
                "organisation",
                "Your organisation",
                "completed",
                "1",
                "1",
                "0",
                "1",
                "1",
                "",
                "1",
                "x\u{1E}b",
                "",
            ]
        );
    }

    #[test]
    fn what_is_found_of_a_code_is_packed_in_the_order_of_its_keys() {
        let packed = with_ods_options("dspt\u{1F}\u{1F}\u{1F}", |options| {
            ods_check(&crate::ods::check_with("rxk52-x", options))
        })
        .unwrap();
        let fields: Vec<&str> = packed.split(SEPARATOR).collect();
        assert_eq!(
            fields[..8],
            [
                "plausible",
                "+RXK52-X",
                "1",
                "nhs_trust_site",
                "NHS trust site",
                "",
                "1",
                "2"
            ]
        );
        assert!(
            with_ods_options("x\u{1F}\u{1F}\u{1F}", |_| ())
                .unwrap_err()
                .to_string()
                .contains("options.box")
        );
    }
}
