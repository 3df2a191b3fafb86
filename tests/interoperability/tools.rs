//! The tools that our files are handed to: where they are, what reads for them, and what is done when one is absent.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool of others, with the small program in `readers` that reads for it.
pub struct Tool {
    /// Its name for people.
    pub name: &'static str,
    /// The file in `readers`.
    reader: &'static str,
    /// What runs the reader.
    runs: Runs,
    /// What must be there besides: a program on the path, or a file.
    needs: &'static [&'static str],
}

/// What runs a reader.
#[derive(Clone, Copy)]
enum Runs {
    Python,
    /// An environment of its own, because a part of it is compiled.
    PythonOfFollowTheMoney,
    Node,
    Java,
    Shell,
}

impl Tool {
    pub const RDFLIB: Tool = Tool { name: "rdflib", reader: "rdflib_reader.py", runs: Runs::Python, needs: &[] };
    pub const PYOXIGRAPH: Tool =
        Tool { name: "pyoxigraph", reader: "pyoxigraph_reader.py", runs: Runs::Python, needs: &[] };
    pub const N3_JS: Tool = Tool { name: "N3.js", reader: "n3_reader.cjs", runs: Runs::Node, needs: &[] };
    pub const JSONLD_JS: Tool = Tool { name: "jsonld.js", reader: "jsonld_reader.cjs", runs: Runs::Node, needs: &[] };
    pub const COMUNICA: Tool = Tool { name: "Comunica", reader: "comunica_reader.cjs", runs: Runs::Node, needs: &[] };
    pub const JENA: Tool =
        Tool { name: "Jena", reader: "JenaReader.java", runs: Runs::Java, needs: &["/usr/share/java/jena-arq.jar"] };
    pub const NETWORKX: Tool = Tool { name: "networkx", reader: "networkx_reader.py", runs: Runs::Python, needs: &[] };
    pub const IGRAPH: Tool = Tool { name: "igraph", reader: "igraph_reader.py", runs: Runs::Python, needs: &[] };
    pub const ICALENDAR: Tool =
        Tool { name: "icalendar", reader: "icalendar_reader.py", runs: Runs::Python, needs: &[] };
    pub const FOLLOW_THE_MONEY: Tool = Tool {
        name: "followthemoney",
        reader: "followthemoney_reader.py",
        runs: Runs::PythonOfFollowTheMoney,
        needs: &[],
    };
    pub const CSV: Tool = Tool { name: "Python's csv", reader: "csv_reader.py", runs: Runs::Python, needs: &[] };
    pub const GRAPHVIZ: Tool = Tool { name: "Graphviz", reader: "dot_reader.py", runs: Runs::Python, needs: &["dot"] };
    pub const RAPTOR: Tool = Tool { name: "Raptor", reader: "raptor_reader.sh", runs: Runs::Shell, needs: &["rapper"] };
    pub const VIRTUOSO: Tool =
        Tool { name: "Virtuoso", reader: "virtuoso_reader.py", runs: Runs::Python, needs: &["virtuoso-t"] };

    pub const RDFLIB_CLIENT: Tool =
        Tool { name: "rdflib", reader: "../clients/rdflib_client.py", runs: Runs::Python, needs: &[] };
    pub const SPARQLWRAPPER_CLIENT: Tool =
        Tool { name: "SPARQLWrapper", reader: "../clients/sparqlwrapper_client.py", runs: Runs::Python, needs: &[] };
    pub const COMUNICA_CLIENT: Tool =
        Tool { name: "Comunica", reader: "../clients/comunica_client.cjs", runs: Runs::Node, needs: &[] };
    pub const CURL_CLIENT: Tool =
        Tool { name: "curl", reader: "../clients/curl_client.sh", runs: Runs::Shell, needs: &["curl"] };

    /// The command that runs the reader. Nothing, and a line that says so, when the tool is not installed.
    ///
    /// # Panics
    /// When it is not installed although `DEMARCHE_REQUIRE_TOOLS` says that it has to be.
    pub fn command(&self) -> Option<Command> {
        let missing = self.missing();
        let Some(missing) = missing else {
            let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interoperability/readers");
            let mut command = Command::new(self.runs.program());
            if let Runs::Java = self.runs {
                command
                    .args(["-XX:TieredStopAtLevel=1", "-cp"])
                    .arg(format!("{}:/usr/share/java/*", tools("jena").display()));
            }
            command.env("NODE_PATH", tools("javascript/node_modules")).arg(reader.join(self.reader));
            return Some(command);
        };
        let message = format!("{}: {missing} is not installed; tests/interoperability/install.sh tells how", self.name);
        assert!(std::env::var_os("DEMARCHE_REQUIRE_TOOLS").is_none(), "{message}");
        eprintln!("skipped: {message}");
        None
    }

    /// What of the tool is not there.
    fn missing(&self) -> Option<String> {
        let mut needed: Vec<PathBuf> = vec![self.runs.program()];
        match self.runs {
            Runs::Node => needed.push(tools("javascript/node_modules")),
            Runs::Java => needed.push(tools("jena")),
            Runs::Python | Runs::PythonOfFollowTheMoney | Runs::Shell => {}
        }
        needed.extend(self.needs.iter().map(PathBuf::from));
        needed.into_iter().find(|needed| !is_there(needed)).map(|needed| needed.display().to_string())
    }
}

impl Runs {
    fn program(self) -> PathBuf {
        match self {
            Self::Python => tools("python/bin/python"),
            Self::PythonOfFollowTheMoney => tools("followthemoney/bin/python"),
            Self::Node => "node".into(),
            Self::Java => "java".into(),
            Self::Shell => "sh".into(),
        }
    }
}

/// A file below the folder that `install.sh` fills.
fn tools(name: &str) -> PathBuf {
    let folder = std::env::var_os("DEMARCHE_TOOLS").map(PathBuf::from);
    folder.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tools")).join(name)
}

/// Whether a file is there, or, of a bare name, a program on the path.
fn is_there(needed: &Path) -> bool {
    if needed.components().count() > 1 {
        return needed.exists();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(needed).is_file())
}
