#!/bin/sh
# Raptor: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)
set -eu
out=$1
shift 2
for file in "$@"; do
    case $file in
        *.ttl) syntax=turtle ;;
        *.nt) syntax=ntriples ;;
        *.nq) syntax=nquads ;;
        *.trig) syntax=trig ;;
        *.rdf) syntax=rdfxml ;;
    esac
    rapper --quiet --input "$syntax" --output nquads "$file" >"$out/$(basename "$file").nq"
done
