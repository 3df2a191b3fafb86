//! The OpenAPI description, made from the table of methods and the types of the answers.

use super::METHODS;
use super::answers::{Problem, Status, Taken};
use super::correction::NewCorrection;
use super::parameters::{Parameter, Values};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Describes all methods in OpenAPI 3.1.
pub(super) fn describe() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<Problem>();
    let answer = |about: &str, schema: &schemars::Schema| json!({ "description": about, "content": { "application/json": { "schema": schema } } });
    let mut paths = Map::new();
    for method in METHODS {
        let schema = (method.schema)(&mut generator);
        let mut parameters: Vec<Value> = method.parameters.iter().map(parameter).collect();
        let mut responses = Map::new();
        responses.insert("200".to_owned(), answer("The answer", &schema));
        if !method.parameters.is_empty() {
            responses.insert("400".to_owned(), answer("A parameter is unknown or wrong", &problem));
        }
        if method.path.contains("{name}") {
            parameters.insert(
                0,
                json!({
                    "name": "name", "in": "path", "required": true, "schema": { "type": "string" },
                    "description": "What follows the kind in the thing's key"
                }),
            );
            responses.insert("404".to_owned(), answer("The store has no such thing", &problem));
        }
        let operation = json!({
            "get": { "operationId": method.name, "summary": method.about, "parameters": parameters, "responses": responses }
        });
        paths.insert(method.path.to_owned(), operation);
    }
    let status = generator.subschema_for::<Status>();
    paths.insert(
        "/api/status".to_owned(),
        json!({
            "get": {
                "operationId": "status",
                "summary": "Whether corrections are taken",
                "responses": { "200": answer("The answer", &status) }
            }
        }),
    );
    let taken = generator.subschema_for::<Taken>();
    let body = generator.subschema_for::<NewCorrection>();
    paths.insert(
        "/api/corrections".to_owned(),
        json!({
            "post": {
                "operationId": "correct",
                "summary": "Sets something right; only where the server allows it",
                "security": [{ "token": [] }],
                "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
                "responses": {
                    "200": answer("It is in the store, and answers follow it from now on", &taken),
                "202": answer("It is in the store, and answers will follow it once the graph is loaded", &taken),
                    "400": answer("It is no correction, or contradicts another", &problem),
                    "401": answer("The token is missing or wrong", &problem),
                    "404": answer("The store has no such thing", &problem),
                "403": answer("The server allows no corrections", &problem),
                }
            }
        }),
    );
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "demarche",
            "description": "Who met whom, where and when, and who said what: what a store holds, with the words that it was read from.",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        }
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.values {
        Values::Text => json!({ "type": "string" }),
        Values::Number => json!({ "type": "integer", "minimum": 0 }),
        Values::Day => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Values::One(words) => json!({ "type": "string", "enum": words() }),
        Values::Some(words) => json!({ "type": "array", "items": { "type": "string", "enum": words() } }),
    };
    let mut described =
        json!({ "name": parameter.name, "in": "query", "description": parameter.about, "schema": schema });
    if matches!(parameter.values, Values::Some(_)) {
        // One parameter with commas, not one for each word.
        described["style"] = json!("form");
        described["explode"] = json!(false);
    }
    described
}
