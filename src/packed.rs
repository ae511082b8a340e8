//! How do answers and reports cross into JavaScript? As one text each way: fields with a separator between them.
//!
//! Fields are joined by U+001F. Inside a field U+001E and `a` stand for U+001E, U+001E and `b` for U+001F, so a field can
//! hold anything. The other half is `pkg/boundary.js`; tests compare what it makes of a report with what serde writes.
//! Nothing here belongs to a browser, so the native tests can run it.
//!
//! What a host says is how many settings there are, then for each its name (empty in a list), and `+` and its text or again
//! how many settings lie below it.

use std::borrow::Cow;

use crate::answers::{Answer, Stands};
use crate::fault::Fault;
use crate::finding::{Finding, Param, Severity};
use crate::form::report::{Form, Outcome, Report, Status};
use crate::ods::verdict::Judgement;
use crate::ods::{CodeBox, OdsOptions, Verdict};
use crate::setting::Setting;
use crate::text::{cut, push_number, to_usize, whole};

const SEPARATOR: u8 = 0x1F;
const ESCAPE: u8 = 0x1E;

/// Fields one after the other. What is missing reads as nothing, and is said once at the end: the other half is ours too,
/// so that only a page with files of two versions ever sees it.
pub(crate) struct Reader<'a> {
    /// None past the last field.
    rest: Option<&'a str>,
    is_whole: bool,
    /// False when nothing in the whole text was escaped, as nearly always.
    is_escaped: bool,
}

impl<'a> Reader<'a> {
    /// Reads a packed text from its start.
    pub(crate) fn new(packed: &'a str) -> Self {
        Self {
            rest: Some(packed),
            is_whole: true,
            is_escaped: cut(packed, ESCAPE).is_some(),
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

    /// A field as it was before it was packed.
    fn plain(&self, field: &'a str) -> Cow<'a, str> {
        if self.is_escaped {
            unescaped(field)
        } else {
            Cow::Borrowed(field)
        }
    }

    #[inline(never)]
    fn field(&mut self) -> String {
        let field = self.raw();
        self.plain(field).into_owned()
    }

    /// Settings after their number. A number is not trusted with memory: the fields are what there is.
    fn settings(&mut self, number: &str) -> Vec<Setting> {
        let mut settings = Vec::new();
        let mut left = whole(number);
        self.is_whole &= left.is_some() || number.is_empty();
        while let Some(more) = left.and_then(|left| left.checked_sub(1))
            && self.is_whole
        {
            left = Some(more);
            let name = self.field();
            let value = self.raw();
            settings.push(match value.strip_prefix('+') {
                Some(text) => Setting {
                    name,
                    text: self.plain(text).into_owned(),
                    below: Vec::new(),
                },
                None => Setting {
                    name,
                    text: String::new(),
                    below: self.settings(value),
                },
            });
        }
        settings
    }

    /// What a host says.
    fn said(&mut self) -> Setting {
        let number = self.raw();
        Setting {
            below: self.settings(number),
            ..Setting::default()
        }
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

/// What stands for no text is left as it is: no text that was escaped looks like it.
#[inline(never)]
fn unescaped(field: &str) -> Cow<'_, str> {
    let mut rest = field;
    let mut plain = String::new();
    while let Some((before, after)) = cut(rest, ESCAPE) {
        plain.push_str(before);
        plain.push(match after.as_bytes() {
            [b'a', ..] => char::from(ESCAPE),
            [b'b', ..] => char::from(SEPARATOR),
            _ => return Cow::Borrowed(field),
        });
        rest = after.get(1..).unwrap_or_default();
    }
    if plain.is_empty() {
        return Cow::Borrowed(field);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// A packed call of `check`: the form, what the host said, and the answers.
pub(crate) struct Request<'a> {
    reader: Reader<'a>,
    form: &'a str,
    /// What the host said.
    pub(crate) options: Setting,
    /// Names and what stands under them; that is as it was packed, for `\u{1E}` and a letter stand for what is no text.
    answers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// True when the answers came as an object.
    pub(crate) nested: bool,
}

impl<'a> Request<'a> {
    /// Reads a packed call.
    pub(crate) fn read(packed: &'a str) -> Self {
        let mut reader = Reader::new(packed);
        let form = reader.raw();
        let options = reader.said();
        let nested = !reader.raw().is_empty();
        let mut answers = Vec::new();
        while reader.rest.is_some() {
            let (name, text) = (reader.raw(), reader.raw());
            answers.push((reader.plain(name), reader.plain(text)));
        }
        Self {
            reader,
            form,
            options,
            answers,
            nested,
        }
    }

    /// The form that is checked.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for an unknown form, or when the text was not written by the same version.
    pub(crate) fn form(&self) -> Result<Form, Fault> {
        let form = self.reader.plain(self.form).parse()?;
        self.reader.end()?;
        Ok(form)
    }

    /// The answers.
    pub(crate) fn answers(&self) -> Vec<Answer<'_>> {
        let mut answers = Vec::with_capacity(self.answers.len());
        for (name, text) in &self.answers {
            // What a person typed is escaped, so a mark that was borrowed is one of ours.
            let mark = match text {
                Cow::Borrowed(text) => text.as_bytes(),
                Cow::Owned(_) => &[],
            };
            let stands = match mark {
                [ESCAPE, b'l'] => Stands::EmptyList,
                [ESCAPE, b'o'] => Stands::EmptyObject,
                [ESCAPE, b'm'] => Stands::Misfit,
                _ => Stands::Text(text),
            };
            answers.push(Answer { name, stands });
        }
        answers
    }
}

/// Reads what the caller of `checkOdsCode` says.
///
/// # Errors
///
/// A [`Fault`] when the text was not written by the same version.
pub(crate) fn said(packed: &str) -> Result<Setting, Fault> {
    let mut reader = Reader::new(packed);
    let said = reader.said();
    reader.end()?;
    Ok(said)
}

/// The options of `checkOdsCode`.
///
/// # Errors
///
/// A [`Fault`] for an unknown box or language.
pub(crate) fn ods_options(said: &Setting) -> Result<OdsOptions<'_>, Fault> {
    let mut options = OdsOptions {
        organisation_type: said.get("organisationType"),
        parent: said.get("parent"),
        ..OdsOptions::default()
    };
    options.code_box = match said.get("box").unwrap_or("ods") {
        "ods" => CodeBox::Ods,
        "dspt" => CodeBox::Dspt,
        other => return Err(Fault::expected("options.box", "ods or dspt", other)),
    };
    if let Some(language) = said.get("language") {
        options.language = language.parse()?;
    }
    Ok(options)
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

/// Packs what `checkOdsCode` found, of kinds their ids.
pub(crate) fn ods_check(judgement: &Judgement, findings: &[Finding]) -> String {
    let mut writer = Writer::default();
    writer.field(match judgement.verdict {
        Verdict::Plausible => "plausible",
        Verdict::Unusual => "unusual",
        Verdict::Retired => "retired",
        Verdict::Impossible => "impossible",
        Verdict::Empty => "empty",
    });
    writer.optional(judgement.code.as_deref());
    writer.number(judgement.kinds.each().count());
    for kind in judgement.kinds.each() {
        writer.field(kind.id());
    }
    writer.optional(judgement.suggestion.as_deref());
    writer.field(if judgement.tidied { "1" } else { "" });
    writer.findings(findings);
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
            "3",
            "today",
            "+2026-11-22",
            "asked",
            "1",
            "",
            "+organisation.ods_code",
            "language",
            "+c\u{1E}by",
            "1",
            "organisation",
            "\u{1E}o",
            "x",
            "y",
        ]
        .join("\u{1F}");
        let request = Request::read(&packed);
        assert_eq!(request.form().unwrap(), Form::OdsCode);
        assert_eq!(request.options.get("language"), Some("c\u{1F}y"));
        let asked: Vec<&str> = request
            .options
            .list("asked")
            .iter()
            .map(|name| name.text.as_str())
            .collect();
        assert_eq!(asked, ["organisation.ods_code"]);
        assert!(request.options.at("only").is_none());
        assert!(request.nested);
        let stands: Vec<(&str, Stands<'_>)> = request.answers().iter().map(|each| (each.name, each.stands)).collect();
        assert_eq!(
            stands,
            [("organisation", Stands::EmptyObject), ("x", Stands::Text("y"))]
        );
        for cut_short in [
            "ods-code",
            "ods-code\u{1F}2026-11-22\u{1F}\u{1F}",
            "ods-code\u{1F}4000000000\u{1F}today\u{1F}+2026",
        ] {
            let fault = Request::read(cut_short).form().unwrap_err().to_string();
            assert!(fault.contains("different versions"), "{cut_short:?}: {fault}");
        }
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
        let options = said("1\u{1F}box\u{1F}+dspt").unwrap();
        let (judgement, findings) = crate::ods::judged("rxk52-x", &ods_options(&options).unwrap());
        let packed = ods_check(&judgement, &findings);
        let fields: Vec<&str> = packed.split('\u{1F}').collect();
        assert_eq!(
            fields[..7],
            ["plausible", "+RXK52-X", "1", "nhs_trust_site", "", "1", "2"]
        );
        let options = said("1\u{1F}box\u{1F}+x").unwrap();
        let fault = ods_options(&options).unwrap_err().to_string();
        assert!(fault.contains("options.box"), "{fault}");
    }
}
