//! Serves a store: `cargo run -p demarche-server --example serve -- STORE [ADDRESS]`.
//!
//! The program is its own engine, as any program is that embeds the server: the server starts it anew with other arguments.

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use demarche_server::{EngineCommand, Settings, commit, run_engine, serve};

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["engine", "--store", store] => run_engine(store.as_ref())?,
        ["engine", "--commit", "--store", store] => commit(store.as_ref())?,
        [store, ref rest @ ..] => {
            let engine = EngineCommand { program: std::env::current_exe()?, arguments: vec!["engine".into()] };
            let mut settings = Settings::new(store, engine);
            if let [address, ..] = rest {
                settings.bind = address.parse()?;
            }
            serve(settings, |address| println!("listening on http://{address}/"))?;
        }
        _ => return Err("give the folder of a store".into()),
    }
    Ok(())
}

#[cfg(not(unix))]
fn main() {
    println!("the server needs a Unix system");
}
