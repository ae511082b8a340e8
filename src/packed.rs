//! How do answers and reports cross into JavaScript? As one text each way: fields with a separator between them.
//!
//! Fields are joined by U+001F. Inside a field U+001E and `a` stand for U+001E, U+001E and `b` for U+001F, so a field can
//! hold anything. The other half is `pkg/boundary.js`; tests compare what it makes of a report with what serde writes.
//! Nothing here belongs to a browser, so the native tests can run it.

use std::borrow::Cow;

use crate::answers::{Answer, Stands};
use crate::fault::Fault;
use crate::finding::{Finding, Param, Severity};
use crate::form::report::{Outcome, Report, Status};
use crate::ods::{CodeBox, OdsCheck, OdsOptions, Verdict};
use crate::text::{cut, push_number, to_usize, whole};
use crate::{AddedOption, Entries, Field, Form, OptionChanges, Options, Profile, Row, When};

const SEPARATOR: u8 = 0x1F;
const ESCAPE: u8 = 0x1E;

/// Fields one after the other. What is missing reads as nothing, and is said once at the end: the other half is ours too,
/// so that only a page with files of two versions ever sees it.
pub(crate) struct Reader<'a> {
    /// None past the last field.
    rest: Option<&'a str>,
    is_whole: bool,
}

impl<'a> Reader<'a> {
    /// Reads a packed text from its start.
    pub(crate) fn new(packed: &'a str) -> Self {
        Self {
            rest: Some(packed),
            is_whole: true,
        }
    }

    #[inline(never)]
    fn raw(&mut self) -> &'a str {
        let Some(rest) = self.rest else {
            self.is_whole = false;
            return "";
        };
        match cut(rest, SEPARATOR) {
            Some((field, rest)) => {
                self.rest = Some(rest);
                field
            }
            None => {
                self.rest = None;
                rest
            }
        }
    }

    #[inline(never)]
    fn field(&mut self) -> String {
        unescaped(self.raw()).into_owned()
    }

    fn optional(&mut self) -> Option<String> {
        Some(self.field()).filter(|field| !field.is_empty())
    }

    /// A flag of one character, or nothing.
    fn flag(&mut self) -> bool {
        !self.raw().is_empty()
    }

    /// Items after their number; an empty field is no list. A number is not trusted with memory: the fields are what there is.
    fn items(&mut self, mut read: impl FnMut(&mut Self)) -> bool {
        let number = self.raw();
        let Some(count) = whole(number) else {
            self.is_whole &= number.is_empty();
            return false;
        };
        for _ in 0..count {
            if !self.is_whole {
                break;
            }
            read(self);
        }
        true
    }

    /// An object: its length, then names and values.
    fn entries<T>(&mut self, value: fn(&mut Self) -> T) -> Option<Entries<T>> {
        let mut entries = Entries::default();
        let there = self.items(|reader| {
            let name = reader.field();
            entries.push(name, value(reader));
        });
        there.then_some(entries)
    }

    #[inline(never)]
    fn texts(&mut self) -> Option<Entries<String>> {
        self.entries(Self::field)
    }

    #[inline(never)]
    fn rows(&mut self) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        self.items(|reader| rows.push(reader.texts().unwrap_or_default()))
            .then_some(rows)
    }

    #[inline(never)]
    fn profile(&mut self) -> Option<Profile> {
        if !self.flag() {
            return None;
        }
        Some(Profile {
            id: self.optional_text(),
            drop: self.list().unwrap_or_default(),
            required: self.entries(Self::flag).unwrap_or_default(),
            options: self.entries(Self::option_changes).unwrap_or_default(),
            labels: self.texts().unwrap_or_default(),
            rules: self.texts().unwrap_or_default(),
        })
    }

    fn option_changes(&mut self) -> OptionChanges {
        let mut add = Vec::new();
        self.items(|reader| {
            add.push(AddedOption {
                value: reader.field(),
                label: reader.field(),
                counts_as: reader.optional_text(),
            });
        });
        OptionChanges {
            add,
            drop: self.list().unwrap_or_default(),
        }
    }

    #[inline(never)]
    fn host_field(&mut self) -> Field {
        Field {
            kind: self.optional_text(),
            label: self.optional_text(),
            required: self.optional_text().map(|required| required == "1"),
            when: self.optional_text().map(|field| When {
                field,
                is: self.list().unwrap_or_default(),
            }),
            max_characters: self.number(),
            must_be: self.optional_text(),
            min: self.number(),
            max: self.number(),
            exclusive: self.optional_text(),
            exclusive_label: self.optional_text(),
            options: self.list(),
        }
    }

    /// A text after `+`, so that an empty text is not no text.
    #[inline(never)]
    fn optional_text(&mut self) -> Option<String> {
        let field = self.raw();
        field.strip_prefix('+').map(|text| unescaped(text).into_owned())
    }

    /// A number; an empty field is none.
    fn number(&mut self) -> Option<u32> {
        whole(self.raw())
    }

    #[inline(never)]
    fn list(&mut self) -> Option<Vec<String>> {
        let mut list = Vec::new();
        self.items(|reader| list.push(reader.field())).then_some(list)
    }

    /// That no field was missing.
    fn end(&self) -> Result<(), Fault> {
        if self.is_whole {
            return Ok(());
        }
        Err(Fault::new(&[
            "the packed text is cut short; pkg and Wasm are of different versions",
        ]))
    }
}

#[inline(never)]
fn unescaped(field: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = cut(field, ESCAPE) else {
        return Cow::Borrowed(field);
    };
    let mut plain = String::from(before);
    loop {
        let (mark, after) = rest.split_at_checked(1).unwrap_or((rest, ""));
        plain.push_str(match mark {
            "a" => "\u{1E}",
            "b" => "\u{1F}",
            other => other,
        });
        let Some((before, next)) = cut(after, ESCAPE) else {
            plain.push_str(after);
            return Cow::Owned(plain);
        };
        plain.push_str(before);
        rest = next;
    }
}

/// A packed call of `check`: the form, what is often said of it, and the answers.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    /// The form that is checked.
    pub(crate) form: Form,
    /// What the host said.
    pub(crate) options: Options,
    /// Names and what stands under them; that is as it was packed, for `\u{1E}` and a letter stand for what is no text.
    answers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// True when the answers came as an object.
    pub(crate) nested: bool,
}

impl<'a> Request<'a> {
    /// Reads a packed call.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for an unknown form, or when the text was not written by the same version.
    pub(crate) fn read(packed: &'a str) -> Result<Self, Fault> {
        let mut reader = Reader::new(packed);
        let form = reader.field().parse()?;
        let options = Options {
            today: reader.field(),
            policy: reader.optional(),
            language: reader.optional(),
            suggestions: reader.flag(),
            asked: reader.list(),
            only: reader.list(),
            calendar: reader.rows(),
            policies: reader.rows(),
            lists: reader.rows(),
            messages: reader.texts(),
            profile: reader.profile(),
            fields: reader.entries(Reader::host_field),
        };
        let nested = reader.flag();
        let mut answers = Vec::new();
        while reader.rest.is_some() {
            let (name, text) = (reader.raw(), reader.raw());
            let text = match text {
                NO_ITEM | NO_PART | NO_TEXT => Cow::Borrowed(text),
                text => unescaped(text),
            };
            answers.push((unescaped(name), text));
        }
        reader.end()?;
        Ok(Self {
            form,
            options,
            answers,
            nested,
        })
    }

    /// The answers.
    pub(crate) fn answers(&self) -> Vec<Answer<'_>> {
        let mut answers = Vec::with_capacity(self.answers.len());
        for (name, text) in &self.answers {
            // What a person typed is escaped, so a mark that was borrowed is one of ours.
            let stands = match text {
                Cow::Borrowed(NO_ITEM) => Stands::EmptyList,
                Cow::Borrowed(NO_PART) => Stands::EmptyObject,
                Cow::Borrowed(NO_TEXT) => Stands::Misfit,
                text => Stands::Text(text),
            };
            answers.push(Answer { name, stands });
        }
        answers
    }
}

const NO_ITEM: &str = "\u{1E}l";
const NO_PART: &str = "\u{1E}o";
const NO_TEXT: &str = "\u{1E}m";

/// Reads the packed options of `checkOdsCode`: box, language, type of organisation, parent.
///
/// # Errors
///
/// A [`Fault`] for an unknown box or language.
pub(crate) fn with_ods_options<T>(packed: &str, use_them: impl FnOnce(&OdsOptions<'_>) -> T) -> Result<T, Fault> {
    let mut reader = Reader::new(packed);
    let mut options = OdsOptions::default();
    let (organisation_type, parent);
    if !packed.is_empty() {
        options.code_box = match reader.field().as_str() {
            "" | "ods" => CodeBox::Ods,
            "dspt" => CodeBox::Dspt,
            other => return Err(Fault::expected("options.box", "ods or dspt", other)),
        };
        if let Some(language) = reader.optional() {
            options.language = language.parse()?;
        }
        (organisation_type, parent) = (reader.optional(), reader.optional());
        options.organisation_type = organisation_type.as_deref();
        options.parent = parent.as_deref();
        reader.end()?;
    }
    Ok(use_them(&options))
}

/// Fields that are written one after the other.
#[derive(Default)]
struct Writer(String);

impl Writer {
    /// Where a field begins.
    fn begin(&mut self) {
        if !self.0.is_empty() {
            self.0.push(char::from(SEPARATOR));
        }
    }

    #[inline(never)]
    fn escaped(&mut self, text: &str) {
        if !text.bytes().any(|byte| matches!(byte, SEPARATOR | ESCAPE)) {
            return self.0.push_str(text);
        }
        for character in text.chars() {
            match character {
                '\u{1F}' => self.0.push_str("\u{1E}b"),
                '\u{1E}' => self.0.push_str("\u{1E}a"),
                other => self.0.push(other),
            }
        }
    }

    #[inline(never)]
    fn field(&mut self, text: &str) {
        self.begin();
        self.escaped(text);
    }

    fn number(&mut self, value: usize) {
        self.begin();
        push_number(&mut self.0, value, None);
    }

    /// `+` and the text, so that an empty text is not no text.
    #[inline(never)]
    fn optional(&mut self, text: Option<&str>) {
        self.begin();
        if let Some(text) = text {
            self.0.push('+');
            self.escaped(text);
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
                    Param::Number(value) => {
                        self.field("#");
                        push_number(&mut self.0, to_usize(*value), None);
                    }
                    Param::Text(text) => self.optional(Some(text)),
                }
            }
            self.begin();
            for (at, part) in finding.parts.iter().flatten().enumerate() {
                self.0.push(if at == 0 { '+' } else { ' ' });
                self.0.push_str(part.name());
            }
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
        assert_eq!(reader.field(), "x");
        assert_eq!(reader.field(), "a\u{1F}b\u{1E}c");
        assert_eq!(reader.field(), "");
        assert!(reader.end().is_ok());
        assert_eq!(reader.field(), "");
        assert!(reader.end().is_err(), "there is no fourth field");
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
        assert_eq!(request.options.asked.clone().unwrap(), ["organisation.ods_code"]);
        assert_eq!(request.options.only, None);
        assert!(request.options.suggestions && request.nested);
        let stands: Vec<(&str, Stands<'_>)> = request.answers().iter().map(|each| (each.name, each.stands)).collect();
        assert_eq!(
            stands,
            [("organisation", Stands::EmptyObject), ("x", Stands::Text("y"))]
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
        let answers = crate::answers::Answers::from_pairs([("organisation.ods_code", "A81-001."), ("x\u{1F}", "y")]);
        let packed = report(&crate::check(Form::OdsCode, &answers, &context).unwrap());
        let fields: Vec<&str> = packed.split('\u{1F}').collect();
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
        let fields: Vec<&str> = packed.split('\u{1F}').collect();
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
