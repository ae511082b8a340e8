//! Does a text have the shape of this identifier? Onboarding.md 3.6. Shapes only: never that a thing exists.

use crate::tables::{Format, Kind, QuestionRow};
use crate::text::{all_digits, cut, cut_where, folded, is_invisible, is_white_space, pieces, tidied, trimmed};

/// True when the text has the format of the question, or the question has none.
pub(crate) fn fits(row: &QuestionRow, text: &str) -> bool {
    match row.format {
        Some(format) => fits_format(format, text),
        None => fits_kind(row.kind, text),
    }
}

/// True when the text has the format that its kind implies, or the kind implies none.
pub(crate) fn fits_kind(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Postcode => is_postcode(text),
        Kind::Telephone => is_telephone(text),
        Kind::IcoNumber => is_ico_number(text),
        Kind::Email => is_email(text),
        Kind::WebAddress => is_web_address(text),
        _ => true,
    }
}

fn fits_format(format: Format, text: &str) -> bool {
    let tidy = tidied(text);
    match format {
        Format::CqcId => is_cqc_id(&tidy),
        Format::CompanyNumber => is_company_number(&tidy),
        Format::CharityNumber => is_charity_number(&tidy),
        Format::NicReference => is_nic_reference(&tidy),
        Format::CagReference => is_cag_reference(&tidy),
        Format::Uuid => uuid(text).is_some(),
        Format::RoleCode => role(&tidy).is_some(),
        Format::ActivityCode => is_letter_and_digits(&tidy, b'B', 4),
    }
}

/// So many digits, no more and no fewer.
fn digits(text: &str, counts: std::ops::RangeInclusive<usize>) -> bool {
    counts.contains(&text.len()) && all_digits(text)
}

/// One letter and so many digits.
fn is_letter_and_digits(text: &str, letter: u8, count: usize) -> bool {
    text.as_bytes()
        .split_first()
        .is_some_and(|(first, rest)| *first == letter && rest.len() == count && rest.iter().all(u8::is_ascii_digit))
}

/// A full UK postcode: `L{1,2} D N? D L L`, dots and hyphens not counted.
pub(crate) fn is_postcode(text: &str) -> bool {
    let tidy: Vec<u8> = tidied(text)
        .bytes()
        .filter(|byte| !matches!(byte, b'.' | b'-'))
        .collect();
    let Some((inward, outward)) = tidy
        .len()
        .checked_sub(3)
        .and_then(|at| tidy.split_at_checked(at))
        .map(|(outward, inward)| (inward, outward))
    else {
        return false;
    };
    let [digit, first, second] = inward else { return false };
    let letters = outward.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let after = outward.get(letters..).unwrap_or_default();
    let district = match after {
        [number] => number.is_ascii_digit(),
        [number, last] => number.is_ascii_digit() && last.is_ascii_alphanumeric(),
        _ => false,
    };
    (1..=2).contains(&letters)
        && district
        && digit.is_ascii_digit()
        && first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
}

/// A UK telephone number, with or without an extension.
pub(crate) fn is_telephone(text: &str) -> bool {
    let plain: String = folded(text)
        .chars()
        .filter(|character| {
            !is_white_space(*character) && !is_invisible(*character) && !matches!(character, '(' | ')' | '-' | '.')
        })
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let number = without_extension(&plain);
    let national = number
        .strip_prefix("+44")
        .or_else(|| number.strip_prefix("0044"))
        .map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    let rest = match national {
        Some(rest) => rest,
        None => match number.strip_prefix('0') {
            Some(rest) => rest,
            None => return false,
        },
    };
    digits(rest, 9..=10) && !rest.starts_with('0')
}

fn without_extension(number: &str) -> &str {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let Some((end, _)) = number
        .split_at_checked(number.len() - digits)
        .filter(|_| (1..=6).contains(&digits))
    else {
        return number;
    };
    ["extension", "ext", "x", "#"]
        .iter()
        .find_map(|word| end.strip_suffix(word))
        .unwrap_or(number)
}

/// An ICO registration number: `Z` and six digits and a digit or X, or `Z`, a letter and six digits.
pub(crate) fn is_ico_number(text: &str) -> bool {
    let tidy = tidied(text);
    let Some(rest) = tidy.strip_prefix('Z') else {
        return false;
    };
    let bytes = rest.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if bytes.len() == 7 => {
            let head = bytes.get(..6).unwrap_or_default();
            let tail = bytes.get(1..).unwrap_or_default();
            (head.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || *last == b'X'))
                || (first.is_ascii_uppercase() && tail.iter().all(u8::is_ascii_digit))
        }
        _ => false,
    }
}

/// An ICO application or order reference: C and seven digits.
pub(crate) fn is_ico_application(text: &str) -> bool {
    is_letter_and_digits(&tidied(text), b'C', 7)
}

fn is_cqc_id(tidy: &str) -> bool {
    tidy.strip_prefix("1-").is_some_and(|number| digits(number, 6..=11))
}

/// Prefixes of Companies House before six digits.
const COMPANY_PREFIXES: &str =
    "AC CE CS FC FE GE GS IC LP NC NF NI NL NO NP OC OE PC RC SA SC SE SF SG SI SL SO SR SZ ZC";

fn is_company_number(tidy: &str) -> bool {
    if digits(tidy, 1..=8) {
        return !tidy.bytes().all(|byte| byte == b'0');
    }
    if tidy.len() != 8 {
        return false;
    }
    if is_letter_and_digits(tidy, b'R', 7) {
        return true;
    }
    let (Some(prefix), Some(rest)) = (tidy.get(..2), tidy.get(2..)) else {
        return false;
    };
    match prefix {
        "IP" | "SP" | "RS" => rest
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
        "SL" if rest.ends_with('A') => rest.strip_suffix('A').is_some_and(all_digits),
        _ => {
            COMPANY_PREFIXES
                .as_bytes()
                .chunks(3)
                .any(|known| known.starts_with(prefix.as_bytes()))
                && all_digits(rest)
        }
    }
}

fn is_charity_number(tidy: &str) -> bool {
    if let Some(rest) = tidy.strip_prefix("SC0").or_else(|| tidy.strip_prefix("NIC1")) {
        return digits(rest, 5..=5);
    }
    match cut(tidy, b'-') {
        Some((number, linked)) => digits(number, 6..=7) && digits(linked, 1..=2),
        None => digits(tidy, 6..=7),
    }
}

/// `DARS-NIC-123456-A1B2C-v1.2`; every hyphen may be missing.
fn is_nic_reference(tidy: &str) -> bool {
    let rest = match tidy.strip_prefix("DARS") {
        Some(rest) => without_hyphen(rest),
        None => tidy,
    };
    let Some(rest) = rest.strip_prefix("NIC").map(without_hyphen) else {
        return false;
    };
    // Six digits are tried before five, because the five signs after them may begin with a digit.
    [6, 5].iter().any(|count| {
        let (Some(number), Some(rest)) = (rest.get(..*count), rest.get(*count..)) else {
            return false;
        };
        let rest = without_hyphen(rest);
        let (Some(signs), Some(version)) = (rest.get(..5), rest.get(5..)) else {
            return false;
        };
        all_digits(number)
            && signs
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && (version.is_empty() || without_hyphen(version).strip_prefix('V').is_some_and(is_dotted))
    })
}

fn without_hyphen(text: &str) -> &str {
    text.strip_prefix('-').unwrap_or(text)
}

/// Groups of one or two digits, joined by full stops.
fn is_dotted(text: &str) -> bool {
    pieces(text, b'.').iter().all(|group| digits(group, 1..=2))
}

fn is_cag_reference(tidy: &str) -> bool {
    matches!(*pieces(tidy, b'/'), [year, "CAG", number] if digits(year, 2..=2) && digits(number, 4..=4))
}

/// A reference of the bodies before the Confidentiality Advisory Group: PIAG or ECC, and a digit.
pub(crate) fn is_older_cag_reference(text: &str) -> bool {
    let tidy = tidied(text);
    (tidy.starts_with("PIAG") || tidy.starts_with("ECC")) && tidy.bytes().any(|byte| byte.is_ascii_digit())
}

/// The twelve digits of a smartcard user, hyphens taken out.
pub(crate) fn uuid(text: &str) -> Option<String> {
    let tidy: String = tidied(text).chars().filter(|character| *character != '-').collect();
    digits(&tidy, 12..=12).then_some(tidy)
}

/// The role of a role code: the last `R` and four digits of `R8000` or `S8000:G8000:R8000`.
pub(crate) fn role(tidy: &str) -> Option<&str> {
    let role = match *pieces(tidy, b':') {
        [role] => role,
        [sector, group, role] if is_letter_and_digits(sector, b'S', 4) && is_letter_and_digits(group, b'G', 4) => role,
        _ => return None,
    };
    Some(role).filter(|role| is_letter_and_digits(role, b'R', 4))
}

/// An address a service can write to. Quoted names, address literals and letters beyond ASCII are not accepted.
pub(crate) fn is_email(text: &str) -> bool {
    let address = trimmed(text);
    let Some((name, domain)) = cut(address, b'@') else {
        return false;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let labels = pieces(domain, b'.');
    let last = labels.last().copied().unwrap_or_default();
    // A full stop at an end or beside another one leaves an empty piece.
    address.len() <= 254
        && name.len() <= 64
        && name.bytes().all(plain)
        && pieces(name, b'.').iter().all(|piece| !piece.is_empty())
        && labels.len() >= 2
        && labels
            .iter()
            .all(|label| is_label(label, |character| character.is_ascii_alphanumeric()))
        && last.len() >= 2
        && !all_digits(last)
}

/// One to 63 letters, digits or hyphens, no hyphen at either end.
fn is_label(label: &str, is_letter_or_digit: fn(char) -> bool) -> bool {
    let mut length = 0;
    for character in label.chars() {
        if character != '-' && !is_letter_or_digit(character) {
            return false;
        }
        length += 1;
    }
    (1..=63).contains(&length) && !label.starts_with('-') && !label.ends_with('-')
}

/// An https address of a host with two or more labels.
pub(crate) fn is_web_address(text: &str) -> bool {
    let address = trimmed(text);
    let mut length = 0;
    for character in address.chars() {
        if is_white_space(character) || is_invisible(character) {
            return false;
        }
        length += 1;
    }
    if length > 2000 {
        return false;
    }
    let Some(rest) = address
        .get(..8)
        .filter(|scheme| scheme.eq_ignore_ascii_case("https://"))
        .and_then(|_| address.get(8..))
    else {
        return false;
    };
    let authority =
        cut_where(rest, |character| matches!(character, '/' | '?' | '#')).map_or(rest, |(before, _)| before);
    if cut(authority, b'@').is_some() {
        return false;
    }
    let (host, port) = cut(authority, b':').unwrap_or((authority, "0"));
    let labels = pieces(host, b'.');
    !port.is_empty()
        && all_digits(port)
        && labels.len() >= 2
        && labels.iter().all(|label| {
            // Letters of any script; other scripts' digits are not digits.
            is_label(label, |character| {
                character.is_alphabetic() || character.is_ascii_digit()
            })
        })
        && labels.last().is_some_and(|last| last.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(fits: impl Fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert!(fits(text), "{text:?} fits");
        }
        for text in wrong {
            assert!(!fits(text), "{text:?} does not fit");
        }
    }

    #[test]
    fn postcodes() {
        each(
            is_postcode,
            &[
                "LS1 4AP",
                "ls14ap",
                "M1 1AA",
                "EC1A 1BB",
                "W1A 0AX",
                "SW1W.0NY",
                "B33-8TH",
                " CR2\u{a0}6XH ",
                "ＬＳ１ ４ＡＰ",
            ],
            &[
                "",
                "LS1",
                "PE39",
                "LS1 4A",
                "LS1 44P",
                "ABC1 1AA",
                "L 4AP",
                "LS123 4AP",
                "LS1 4AP x",
                "é1 1AA",
            ],
        );
    }

    #[test]
    fn telephone_numbers() {
        each(
            is_telephone,
            &[
                "01632 960 001",
                "+44 7700 900 982",
                "(0113) 496-0124",
                "0044 113 496 0124",
                "+44 (0)113 496 0124",
                "0113 496 0124 ext 12",
                "01134960124x1",
                "01134960124 #123456",
                "0800 111 111",
                "０１１３ ４９６ ０１２４",
                "0113 496 0124 Extension. 9",
            ],
            &[
                "960033",
                "0113",
                "01134960124 ext",
                "01134960124 ext 1234567",
                "0013 496 0124",
                "+1 202 555 0100",
                "0113496012a",
                "",
                "+44",
            ],
        );
    }

    #[test]
    fn ico_numbers() {
        each(
            is_ico_number,
            &["ZA123456", "Z1234567", "z123456x", " ZA 123456"],
            &["ZA12345", "ZA1234567", "Z123456Y", "A1234567", "", "Z"],
        );
        each(
            is_ico_application,
            &["C1999888", "c 1999888"],
            &["C199988", "C19998888", "Z1999888"],
        );
    }

    #[test]
    fn identifiers_of_regulators_and_registers() {
        let fits = |format: Format| move |text: &str| fits_format(format, text);
        each(
            fits(Format::CqcId),
            &["1-123456", "1–12345678901", "1 - 123456"],
            &["1-12345", "1-123456789012", "2-123456", "123456", "1-", ""],
        );
        each(
            fits(Format::CompanyNumber),
            &[
                "1234567", "1", "01234567", "SC123456", "ip12a4b6", "R1234567", "SL12345A", "OE000001", "RS007853",
            ],
            &[
                "0",
                "00000000",
                "123456789",
                "SC12345",
                "XX123456",
                "SLA2345A",
                "ABC123",
                "SC12345A",
                "",
            ],
        );
        each(
            fits(Format::CharityNumber),
            &["123456", "1234567", "1234567-1", "1234567-12", "SC012345", "NIC112345"],
            &[
                "12345",
                "12345678",
                "1234567-",
                "1234567-123",
                "SC12345",
                "SC0123456",
                "NIC12345",
                "XR12345",
            ],
        );
        each(
            fits(Format::NicReference),
            &[
                "DARS-NIC-123456-A1B2C",
                "NIC-12345-A1B2C",
                "nic123456a1b2c",
                "DARS-NIC-123456-A1B2C-v1.2",
                "DARSNIC12345A1B2CV12",
                "NIC-12345-12345",
                "NIC 12345 A1B2C",
                "NIC-123456-12345-V1.22.3",
            ],
            &[
                "NIC 99901",
                "DARS-123456-A1B2C",
                "NIC-1234-A1B2C",
                "NIC-123456-A1B2",
                "NIC-123456-A1B2C-V",
                "NIC-123456-A1B2C-V123",
                "NIC-12345-A1B2C-1",
                "",
            ],
        );
        each(
            fits(Format::CagReference),
            &["20/CAG/0001", "20 / cag / 0001"],
            &["20/CAG/001", "2020/CAG/0001", "20CAG0001", "20/CAG/0001/1"],
        );
        each(
            is_older_cag_reference,
            &["PIAG 1-05(a)/2007", "ECC 2-03"],
            &["PIAG", "ECCX", "20/CAG/0001"],
        );
        each(
            fits(Format::Uuid),
            &["123456789012", "1234-5678-9012", "1234 5678 9012"],
            &["12345678901", "1234567890123", "12345678901A", ""],
        );
        each(
            fits(Format::RoleCode),
            &["R8000", "s8000:g8000:r8003"],
            &["R800", "R80000", "8000", "S8000:G8000", "G8000:S8000:R8000", ""],
        );
        each(
            fits(Format::ActivityCode),
            &["B0370", "b 0370"],
            &["B037", "B03700", "0370", "A0370", ""],
        );
        assert_eq!(role("S8000:G8000:R0001"), Some("R0001"));
    }

    #[test]
    fn email_addresses() {
        let long = format!("{}@example.com", "a".repeat(65));
        each(
            is_email,
            &[
                "name@example.com",
                " first.last+tag@nhs.net ",
                "o'neil@a-b.example",
                "a@b.co",
            ],
            &[
                "name",
                "name@",
                "@example.com",
                "name@example",
                "na me@example.com",
                "name@exa_mple.com",
                ".name@example.com",
                "name.@example.com",
                "na..me@example.com",
                "name@-example.com",
                "name@example-.com",
                "name@example.c",
                "name@example.12",
                "name@@example.com",
                "\"name\"@example.com",
                "name@[127.0.0.1]",
                "námé@example.com",
                "name@example.com.",
                &long,
                "",
            ],
        );
    }

    #[test]
    fn web_addresses() {
        each(
            is_web_address,
            &[
                "https://example.com",
                "HTTPS://www.example.nhs.uk/privacy?x=1#top",
                "https://example.com:8443/",
                "https://bücher.example/@x",
                "https://a.b",
            ],
            &[
                "http://example.com",
                "www.example.com",
                "https://example",
                "https://exa mple.com",
                "https://user@example.com/",
                "https://example.com:x/",
                "https://-a.com",
                "https://1.2.3.4",
                "https://",
                "https://example.com:",
                "https://a²b.example",
                "https://a٣.example",
                "",
            ],
        );
    }
}
