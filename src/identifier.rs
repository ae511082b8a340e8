//! Does a text have the shape of this identifier? Onboarding.md 3.6. Shapes only: never that a thing exists.

use crate::letters::is_letter;
use crate::shape::has_shape;
use crate::tables::{Format, Kind, QuestionRow};
use crate::text::{all_digits, count, cut, cut_where, is_ascii, is_nothing, tidied, tidied_without, trimmed};

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
    let shape = match format {
        Format::CqcId => "1-ddddddd?d?d?d?d?e",
        Format::CompanyNumber => return is_company_number(text),
        Format::CharityNumber => "(SC0ddddd|NIC1ddddd|ddddddd?|ddddddd?-dd?)e",
        // `DARS-NIC-123456-A1B2C-v1.2`; every hyphen may be missing. The five signs may begin with a digit.
        Format::NicReference => "(DARS-?|)NIC-?dddddd?-?nnnnn(-?Vdd?v|)e",
        // LEG-015 notes it, and it is no error where a host has turned that off.
        Format::CagReference if is_older_cag_reference(text) => return true,
        Format::CagReference => "dd/CAG/dddde",
        Format::Uuid => return uuid(text).is_some(),
        Format::RoleCode => ROLE,
        Format::ActivityCode => "Bdddde",
    };
    tidy_fits(text, "", shape)
}

/// True when a text has a shape, tidied and without these signs.
#[inline(never)]
fn tidy_fits(text: &str, without: &str, shape: &str) -> bool {
    has_shape(&tidied_without(text, without), shape)
}

/// A full UK postcode, dots and hyphens not counted.
pub(crate) fn is_postcode(text: &str) -> bool {
    tidy_fits(text, ".-", "ll?dn?dlle")
}

/// A UK telephone number, with or without an extension.
pub(crate) fn is_telephone(text: &str) -> bool {
    tidy_fits(
        text,
        "()-.",
        "(+440?|00440?|0)zddddddddd?(EXTENSIONdd?d?d?d?d?|EXTdd?d?d?d?d?|Xdd?d?d?d?d?|#dd?d?d?d?d?|)e",
    )
}

/// An ICO registration number.
pub(crate) fn is_ico_number(text: &str) -> bool {
    tidy_fits(text, "", "Z(ddddddd|ddddddX|ldddddd)e")
}

/// An ICO application or order reference: C and seven digits.
pub(crate) fn is_ico_application(text: &str) -> bool {
    tidy_fits(text, "", "Cddddddde")
}

/// Up to eight digits, or a prefix of Companies House before six. Noughts alone are no number.
fn is_company_number(text: &str) -> bool {
    const SHAPES: [&str; 4] = [
        "dd?d?d?d?d?d?d?e",
        "(AC|CE|CS|FC|FE|GE|GS|IC|LP|NC|NF|NI|NL|NO|NP|OC|OE|PC|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC|Rd)dddddde",
        "(IP|SP|RS)nnnnnne",
        "SLdddddAe",
    ];
    let tidy = tidied(text);
    SHAPES.iter().any(|shape| has_shape(&tidy, shape)) && tidy.bytes().any(|byte| byte != b'0')
}

/// A reference of the bodies before the Confidentiality Advisory Group: PIAG or ECC, and a digit.
pub(crate) fn is_older_cag_reference(text: &str) -> bool {
    let tidy = tidied(text);
    has_shape(&tidy, "(PIAG|ECC)") && tidy.bytes().any(|byte| byte.is_ascii_digit())
}

/// The twelve digits of a smartcard user, hyphens taken out.
pub(crate) fn uuid(text: &str) -> Option<String> {
    let tidy = tidied_without(text, "-");
    has_shape(&tidy, "dddddddddddde").then_some(tidy)
}

/// `R8000` or `S8000:G8000:R8000`.
const ROLE: &str = "(Sdddd:Gdddd:|)Rdddde";

/// The role of a role code: the last `R` and four digits.
pub(crate) fn role(tidy: &str) -> Option<&str> {
    if !has_shape(tidy, ROLE) {
        return None;
    }
    tidy.get(tidy.len().checked_sub(5)?..)
}

/// True when the last of ten digits is the check digit of an NHS number. Whatever stands between them is passed over.
///
/// The weights are 10 to 2, and 11 less what is left over is the last digit: with a weight of 1 for that, nothing is left.
pub(crate) fn passes_nhs_check(text: &[u8]) -> bool {
    let (mut weight, mut sum) = (10, 0);
    for byte in text {
        if byte.is_ascii_digit() {
            sum += weight * i32::from(byte - b'0');
            weight -= 1;
        }
    }
    sum % 11 == 0
}

/// An address a service can write to. Quoted names, address literals and letters beyond ASCII are not accepted.
pub(crate) fn is_email(text: &str) -> bool {
    let address = trimmed(text);
    let Some((name, domain)) = cut(address, b'@') else {
        return false;
    };
    // No full stop at an end or beside another one.
    let mut before = b'.';
    for byte in name.bytes() {
        let fits = match byte {
            b'.' => before != b'.',
            b'"' | b'(' | b')' | b',' | b':'..=b'<' | b'>' | b'[' | b'\\' | b']' => false,
            other => other.is_ascii_graphic(),
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    before != b'.'
        && address.len() <= 254
        && name.len() <= 64
        && is_ascii(domain)
        && last_label(domain).is_some_and(|last| last.len() >= 2 && !all_digits(last))
}

/// The last label of a host that has two or more. A label is one to 63 letters, digits or hyphens, no hyphen at either end.
fn last_label(host: &str) -> Option<&str> {
    let mut rest = host;
    loop {
        let (label, after) = cut(rest, b'.').unwrap_or((rest, ""));
        // Letters of any script; other scripts' digits are not digits.
        let is_wrong = |character: char| character != '-' && !is_letter(character) && !character.is_ascii_digit();
        if cut_where(label, is_wrong).is_some()
            || !(1..=63).contains(&count(label))
            || label.starts_with('-')
            || label.ends_with('-')
        {
            return None;
        }
        if label.len() == rest.len() {
            return (label.len() < host.len()).then_some(label);
        }
        rest = after;
    }
}

/// An https address of a host with two or more labels.
pub(crate) fn is_web_address(text: &str) -> bool {
    let address = trimmed(text);
    let Some((scheme, rest)) = address.split_at_checked(8) else {
        return false;
    };
    let authority =
        cut_where(rest, |character| matches!(character, '/' | '?' | '#')).map_or(rest, |(before, _)| before);
    let (host, port) = cut(authority, b':').unwrap_or((authority, "0"));
    cut_where(address, is_nothing).is_none()
        && count(address) <= 2000
        && scheme.eq_ignore_ascii_case("https://")
        && cut(authority, b'@').is_none()
        && !port.is_empty()
        && all_digits(port)
        && last_label(host).is_some_and(|last| cut_where(last, is_letter).is_some())
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
    fn a_check_digit_of_ten_never_passes_and_eleven_counts_as_nought() {
        // Weighted sums of 12 and 11: remainders 1 and 0.
        assert!((0..=9).all(|last| !passes_nhs_check(format!("100000001{last}").as_bytes())));
        assert!(passes_nhs_check(b"0100000010"));
        assert!(passes_nhs_check(b"010 000 0010"));
        assert!((1..=9).all(|last| !passes_nhs_check(format!("010000001{last}").as_bytes())));
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
