//! What can a host say of a field? The part of a page's field that needs no page.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::setting::{Setting, flag};
use crate::text::{number, to_usize};

/// A field of the host's own, or what the host adds to a question of ours. Everything may be left out, except the kind of
/// a field of its own.
///
/// ```
/// use ncrs_form_check::answers::Answers;
/// use ncrs_form_check::{Context, Form, Options, check};
///
/// let options: Options = serde_json::from_str(
///     r#"{ "today": "2026-11-22", "fields": { "site_manager": { "kind": "text", "label": "site manager", "required": true } } }"#,
/// )?;
/// let answers = Answers::from_pairs([("organisation.ods_code", "A81001"), ("site_manager", " ")]);
/// let report = check(Form::OdsCode, &answers, &Context::from_options(&options)?)?;
/// assert_eq!(report.findings[0].rule, "ANS-001");
/// assert_eq!(report.findings[0].question, "site_manager");
/// assert_eq!(report.findings[0].message, "Enter site manager");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Field {
    /// How an answer is read: `text`, `ods-code`, `date` and so on. Ignored on a question of ours.
    pub kind: Option<String>,
    /// The words for messages; the name as words when left out.
    pub label: Option<String>,
    /// Whether there must be an answer. On a question of ours it overrides the table.
    pub required: Option<bool>,
    /// When the field is asked; always when left out.
    pub when: Option<When>,
    /// The longest text.
    pub max_characters: Option<u32>,
    /// `past`, `today-or-past`, `today-or-future` or `future`.
    pub must_be: Option<String>,
    /// The least whole number.
    pub min: Option<u32>,
    /// The greatest whole number.
    pub max: Option<u32>,
    /// The value that must stand alone.
    pub exclusive: Option<String>,
    /// The words for that value in messages; the value when left out.
    pub exclusive_label: Option<String>,
    /// The values there are to choose; any value when left out.
    pub options: Option<Vec<String>>,
}

impl Field {
    /// The same as settings, by the names that JavaScript has for them.
    pub(crate) fn settings(&self, key: &str) -> Setting {
        let mut field = Setting::new(key, "");
        field.put("kind", self.kind.as_deref());
        field.put("label", self.label.as_deref());
        field.put("required", self.required.map(flag));
        if let Some(when) = &self.when {
            let mut condition = Setting::new("when", "");
            condition.put("field", Some(&when.field));
            condition.put_list("is", Some(&when.is));
            field.below.push(condition);
        }
        for (name, bound) in [
            ("maxCharacters", self.max_characters),
            ("min", self.min),
            ("max", self.max),
        ] {
            field.put(name, bound.map(|bound| number(to_usize(bound))).as_deref());
        }
        field.put("mustBe", self.must_be.as_deref());
        field.put("exclusive", self.exclusive.as_deref());
        field.put("exclusiveLabel", self.exclusive_label.as_deref());
        field.put_list("options", self.options.as_deref());
        field
    }
}

/// The answer that another field must hold, so that this one is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// A question of ours or a field of the host's own.
    pub field: String,
    /// One of these.
    #[serde(deserialize_with = "one_or_more")]
    pub is: Vec<String>,
}

/// A text, or a list of them.
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    struct OneOrMore;

    impl<'de> Visitor<'de> for OneOrMore {
        type Value = Vec<String>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a text or a list of texts")
        }

        fn visit_str<E>(self, text: &str) -> Result<Vec<String>, E> {
            Ok(vec![text.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<String>, A::Error> {
            let mut texts = Vec::new();
            while let Some(text) = items.next_element()? {
                texts.push(text);
            }
            Ok(texts)
        }
    }

    from.deserialize_any(OneOrMore)
}
