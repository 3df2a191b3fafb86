"""Virtuoso, a bigger server: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)

Starts a server with an empty database on free ports of this machine, puts each graph of a file there by the SPARQL Graph
Store Protocol, gets each back, and asks the queries. Virtuoso has no default graph of its own: a named one stands for it.
Where a literal is longer than 64 KiB, Virtuoso 7.2.5 takes nothing of the graph.
"""
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

DEFAULT = "urn:default-graph"
CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def server():
    """A running Virtuoso: its address."""
    sql, http = free_ports(2)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "virtuoso.ini").write_text(CONFIGURATION.format(sql=sql, http=http))
        log = open(Path(folder) / "output.txt", "w+")
        process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], cwd=folder, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{http}"
            for _ in range(240):
                if process.poll() is not None:
                    log.seek(0)
                    raise SystemExit("Virtuoso does not start:\n" + log.read())
                try:
                    urllib.request.urlopen(f"{address}/sparql?query=ASK%7B%7D", timeout=5)
                    break
                except OSError:
                    time.sleep(0.25)
            yield address
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def graph_store(address):
    """A client of the Graph Store Protocol: method, graph, content → content."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address, "dba", "dba")
    client = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))

    def send(method, graph, content=None):
        url = f"{address}/sparql-graph-crud-auth?" + urllib.parse.urlencode({"graph-uri": graph})
        headers = {"Accept": "text/plain", "Content-Type": "application/n-triples"}
        return answer_of(lambda: client.open(urllib.request.Request(url, content, headers, method=method)))

    return send


class Refused(Exception):
    """A server's words where it does not do what it is asked."""


def answer_of(call):
    try:
        with call() as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise Refused(f"{error}: {error.read().decode('utf-8', 'replace')}") from None


def iri(graph):
    return DEFAULT if graph == DefaultGraph() else graph.value


def put(send, file):
    """Puts the graphs of a file; gives their names."""
    store = Store()
    store.load(path=str(file))
    graphs = [DefaultGraph(), *sorted(store.named_graphs(), key=str)]
    for graph in graphs:
        send("PUT", iri(graph), store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph))
    return graphs


def got(send, graphs):
    for graph in graphs:
        for quad in parse(send("GET", iri(graph)), format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def ask(address, query):
    form = {"query": query, "default-graph-uri": DEFAULT, "format": "application/sparql-results+json"}
    return answer_of(lambda: urllib.request.urlopen(f"{address}/sparql", urllib.parse.urlencode(form).encode()))


out, dataset, *files = sys.argv[1:]
queries = [Path(file) for file in files if file.endswith(".rq")]
with server() as address:
    send = graph_store(address)
    for file in (Path(file) for file in files if not file.endswith(".rq")):
        quads = got(send, put(send, file))
        serialize(quads, output=Path(out) / f"{file.name}.nq", format=RdfFormat.N_QUADS)
    put(send, dataset)
    for query in queries:
        try:
            answer = ask(address, query.read_text("utf-8"))
            (Path(out) / f"{query.stem}.json").write_bytes(answer)
        except Refused as refused:
            print(f"{query.stem}: {str(refused).splitlines()[0]}")
