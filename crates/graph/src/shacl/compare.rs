//! Values of literals: whether they are of their datatype, and which is less.

use crate::vocabulary::xsd;
use oxigraph::model::Literal;
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, GYear, GYearMonth, Time};
use std::cmp::Ordering;
use std::str::FromStr;

/// The value of a literal that has an order.
enum Value<'l> {
    Decimal(Decimal),
    Double(Double),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    Month(GYearMonth),
    Year(GYear),
    Boolean(Boolean),
    String(&'l str),
}

/// The order of two literals as SPARQL's `<` has it; none where it has none.
pub(super) fn compare(a: &Literal, b: &Literal) -> Option<Ordering> {
    match (value(a)?, value(b)?) {
        (Value::Decimal(a), Value::Decimal(b)) => a.partial_cmp(&b),
        (Value::Decimal(a), Value::Double(b)) => Double::from(a).partial_cmp(&b),
        (Value::Double(a), Value::Decimal(b)) => a.partial_cmp(&Double::from(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(&b),
        (Value::DateTime(a), Value::DateTime(b)) => a.partial_cmp(&b),
        (Value::Date(a), Value::Date(b)) => a.partial_cmp(&b),
        (Value::Time(a), Value::Time(b)) => a.partial_cmp(&b),
        (Value::Month(a), Value::Month(b)) => a.partial_cmp(&b),
        (Value::Year(a), Value::Year(b)) => a.partial_cmp(&b),
        (Value::Boolean(a), Value::Boolean(b)) => bool::from(a).partial_cmp(&bool::from(b)),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn value(literal: &Literal) -> Option<Value<'_>> {
    let text = literal.value();
    if literal.language().is_some() {
        return None;
    }
    let datatype = literal.datatype();
    let local = datatype.as_str().strip_prefix(xsd::NAMESPACE)?;
    match local {
        "string" => Some(Value::String(text)),
        "boolean" => text.parse().ok().map(Value::Boolean),
        "dateTime" | "dateTimeStamp" => text.parse().ok().map(Value::DateTime),
        "date" => text.parse().ok().map(Value::Date),
        "time" => text.parse().ok().map(Value::Time),
        "gYearMonth" => text.parse().ok().map(Value::Month),
        "gYear" => text.parse().ok().map(Value::Year),
        "double" | "float" => text.parse().ok().map(Value::Double),
        "decimal" => number(text),
        _ if integer_bounds(local).is_some() => number(text),
        _ => None,
    }
}

/// A decimal number; where it is too long for one, the double that is nearest.
fn number(text: &str) -> Option<Value<'_>> {
    Decimal::from_str(text).map(Value::Decimal).or_else(|_| Double::from_str(text).map(Value::Double)).ok()
}

/// Whether the text of a literal is one that its datatype has. Datatypes that are not XML Schema's have any.
pub(super) fn is_well_formed(literal: &Literal) -> bool {
    let text = literal.value();
    let datatype = literal.datatype();
    let Some(local) = datatype.as_str().strip_prefix(xsd::NAMESPACE) else { return true };
    if let Some((least, most)) = integer_bounds(local) {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let is_integer = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        // What is too long for 128 bits is beyond every bound that there is.
        let number = text.parse::<i128>().unwrap_or(if text.starts_with('-') { i128::MIN } else { i128::MAX });
        return is_integer && least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
    }
    match local {
        "boolean" => Boolean::from_str(text).is_ok(),
        "decimal" => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
            !(whole.is_empty() && part.is_empty()) && [whole, part].concat().bytes().all(|b| b.is_ascii_digit())
        }
        "double" | "float" => Double::from_str(text).is_ok(),
        "dateTime" => DateTime::from_str(text).is_ok(),
        "date" => Date::from_str(text).is_ok(),
        "time" => Time::from_str(text).is_ok(),
        "gYearMonth" => GYearMonth::from_str(text).is_ok(),
        "gYear" => GYear::from_str(text).is_ok(),
        _ => true,
    }
}

/// The least and the greatest number of a datatype of integers; none where it is no such datatype.
fn integer_bounds(local: &str) -> Option<(Option<i128>, Option<i128>)> {
    let between = |least: i128, most: i128| (Some(least), Some(most));
    Some(match local {
        "integer" => (None, None),
        "nonNegativeInteger" => (Some(0), None),
        "positiveInteger" => (Some(1), None),
        "nonPositiveInteger" => (None, Some(0)),
        "negativeInteger" => (None, Some(-1)),
        "long" => between(i64::MIN.into(), i64::MAX.into()),
        "int" => between(i32::MIN.into(), i32::MAX.into()),
        "short" => between(i16::MIN.into(), i16::MAX.into()),
        "byte" => between(i8::MIN.into(), i8::MAX.into()),
        "unsignedLong" => between(0, u64::MAX.into()),
        "unsignedInt" => between(0, u32::MAX.into()),
        "unsignedShort" => between(0, u16::MAX.into()),
        "unsignedByte" => between(0, u8::MAX.into()),
        _ => return None,
    })
}
