# a meeting with one participant
DELETE { ?m dm:participant person:teodor-banic } WHERE { ?m a dm:Meeting ; dm:participant person:teodor-banic }

# a meeting without status
DELETE { ?m dm:status ?s } WHERE { ?m a dm:Meeting ; dm:status ?s }

# a meeting with a status that there is not
DELETE { ?m dm:status ?s } INSERT { ?m dm:status dm:inPerson } WHERE { ?m a dm:Meeting ; dm:status ?s }

# a meeting without evidence
DELETE { ?m dm:evidence ?e } WHERE { ?m a dm:Meeting ; dm:evidence ?e }

# a meeting without articles
DELETE { ?m prov:wasDerivedFrom ?a } WHERE { ?m a dm:Meeting ; prov:wasDerivedFrom ?a }

# more sources than articles
DELETE { ?m dm:sourceCount ?n } INSERT { ?m dm:sourceCount 7 } WHERE { ?m a dm:Meeting ; dm:sourceCount ?n }

# a confidence beyond one
DELETE { ?m dm:confidence ?c } INSERT { ?m dm:confidence 1.5 } WHERE { ?m a dm:Statement ; dm:confidence ?c }

# a confidence that is no decimal
DELETE { ?m dm:confidence ?c } INSERT { ?m dm:confidence "high" } WHERE { ?m a dm:Meeting ; dm:confidence ?c }

# a meeting that ends before it begins
DELETE { ?m dm:latest ?l } INSERT { ?m dm:latest "2001-01-01"^^xsd:date } WHERE { ?m a dm:Meeting ; dm:latest ?l }

# a time that is no time
DELETE { ?m dm:when ?t } INSERT { ?m dm:when "last week" } WHERE { ?m a dm:Meeting ; dm:when ?t }

# a meeting at a person
INSERT { ?m dm:place person:ines-duarte } WHERE { ?m a dm:Meeting ; dm:participant person:ines-duarte }

# a mode that is no mode
INSERT { ?m dm:mode dm:held } WHERE { ?m a dm:Meeting ; dm:participant person:ines-duarte }

# met one way only
DELETE DATA { person:mara-lindqvist dm:met person:teodor-banic }

# somebody who met themselves
INSERT DATA { person:ines-duarte dm:met person:ines-duarte }

# people who met at no meeting
INSERT DATA { person:ines-duarte dm:met person:mara-lindqvist . person:mara-lindqvist dm:met person:ines-duarte }

# a person without a label
DELETE WHERE { person:ines-duarte rdfs:label ?l }

# a label in no language
DELETE { person:ines-duarte rdfs:label ?l } INSERT { person:ines-duarte rdfs:label "Ines Duarte" } WHERE { person:ines-duarte rdfs:label ?l }

# a person who is a place
INSERT DATA { person:ines-duarte a dm:Place }

# a statement without text
DELETE { ?s dm:text ?t } WHERE { ?s a dm:Statement ; dm:text ?t }

# a statement of two kinds
INSERT { ?s a dm:IndirectStatement } WHERE { ?s a dm:DirectStatement }

# a statement of no kind
DELETE { ?s a dm:DirectStatement } WHERE { ?s a dm:DirectStatement }

# a quotation from nowhere
DELETE { ?s prov:wasQuotedFrom ?a } WHERE { ?s prov:wasQuotedFrom ?a }

# a statement that its speaker does not know of
DELETE WHERE { ?p dm:said ?s }

# a stance that is a status
DELETE { ?s dm:stance ?x } INSERT { ?s dm:stance dm:held } WHERE { ?s dm:stance ?x }

# a stretch that ends before it starts
DELETE { ?x nif:endIndex ?e } INSERT { ?x nif:endIndex 0 } WHERE { ?x nif:anchorOf "Mara Lindqvist" ; nif:endIndex ?e }

# a stretch with more words than it holds
DELETE { ?x nif:anchorOf ?w } INSERT { ?x nif:anchorOf "Mara Lindqvist and others" } WHERE { ?x nif:anchorOf ?w FILTER(?w = "Mara Lindqvist") }

# a stretch of no article
DELETE { ?x nif:referenceContext ?a } WHERE { ?x nif:anchorOf "Mara Lindqvist" ; nif:referenceContext ?a }

# a report of nothing
DELETE { ?r dm:reports ?m } WHERE { ?r a dm:MeetingReport ; dm:reports ?m }

# a report of a meeting that reports a statement
DELETE { ?r dm:reports ?m } INSERT { ?r dm:reports ?s } WHERE { ?r a dm:MeetingReport ; dm:reports ?m . ?s a dm:DirectStatement }

# evidence in an article that has nothing to do with it
INSERT { ?m dm:evidence ?x } WHERE { ?m a dm:Meeting ; dm:participant person:ines-duarte . ?x nif:anchorOf "Oslo" }

# a part of somebody who does not take part
DELETE { ?part dm:agent ?a } INSERT { ?part dm:agent person:ines-duarte } WHERE { ?part dm:agent ?a }

# a tenure of nobody
DELETE WHERE { ?p dm:tenure ?t }

# an article without identifier
DELETE WHERE { ?a dct:identifier ?i }

# a decision without a reason
DELETE { ?d dm:reason ?r } WHERE { ?d a dm:Decision ; dm:reason ?r }

# a decision that is surer than sure
DELETE { ?d dm:score ?s } INSERT { ?d dm:score 101 } WHERE { ?d a dm:Decision ; dm:score ?s }

# a country in words
DELETE { ?p dm:country ?c } INSERT { ?p dm:country "Norway" } WHERE { ?p dm:country ?c }
