//! The published JSON Schema of the records is the one that the code has.

use std::path::Path;

/// `DEMARCHE_RENEW=1 cargo test -p demarche --test record_schema` writes the file anew after an intended change.
#[test]
fn the_published_schema_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology/record.schema.json");
    let current = demarche_record::json_schema();
    if std::env::var_os("DEMARCHE_RENEW").is_some() {
        std::fs::write(&path, format!("{current:#}\n")).unwrap();
    }
    let published: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(published == current, "ontology/record.schema.json is out of date: set DEMARCHE_RENEW=1 to write it anew");
}

#[test]
fn the_schema_takes_a_record_and_refuses_what_is_none() {
    let validator = jsonschema::validator_for(&demarche_record::json_schema()).unwrap();
    let article = demarche_record::Article::new("bern.txt", "Ms. Wu met Mr. Łukasz in Bern.");
    let mut record = serde_json::to_value(demarche_record::Record::empty(&article)).unwrap();
    assert!(validator.is_valid(&record));
    record["meetings"] = serde_json::json!([{"id": "m0"}]);
    assert!(!validator.is_valid(&record));
}
