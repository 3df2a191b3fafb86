# curl: BASE  (see ../clients.rs for what a client is asked to print)
set -eu
base=$1
ask() { curl --silent --show-error --fail "$base"query -H "Accept: $2" --data-urlencode "query=PREFIX dm: <https://w3id.org/demarche#> $1" $3; }
lines() { grep -c . ; }
for how in --get "" "--compressed"; do
    rows=$(ask "SELECT ?a ?b { ?a dm:met ?b }" text/csv "$how" | tail -n +2 | lines)
    yes=$(ask "ASK { ?a dm:met ?b }" text/csv "$how" | sed 's/true/True/')
    triples=$(ask "CONSTRUCT { ?a dm:met ?b } { ?a dm:met ?b }" application/n-triples "$how" | lines)
    echo "$rows $yes $triples"
done
curl --silent --show-error --fail -H "Accept: application/n-triples" "$base""store?default" | lines
