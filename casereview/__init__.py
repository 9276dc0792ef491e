"""casereview: reads administrative case files, judges them against a checklist, scores them and remembers.

The river, from ground to roof (imports point only to modules higher in this list; ``tests/test_layers.py`` holds it):

    model, errors, yamlfile          the nouns, what can go wrong, strict YAML
    chinese, workdays                text -> value; days that count
    parameters, statutes             numbers of the law by date; which article stood when
    intake, pages/                   tree -> cases and files; file -> pages with boxes
    flow, vocabulary, documents      running text with places; names of papers; pages -> documents (文书)
    facts/, casefile                 document -> facts (要素); a whole case
    quality, procedure               pages to look at; which procedure a case followed
    checks/                          kinds of check and named judgements
    overlay, scoring, checklist      layers of YAML -> one tree; schemes; YAML -> checks
    review, score, rules             case x checklist -> findings; findings -> ledger; everything loaded
    authoring/                       fixtures, differences, Excel, tables, schema for those who write checklists
    identity, card, export           known by what; a checklist as it was applied; one JSON object per case
    store, workers, unitlevel, batch SQLite; supervised processes; a unit and the three systems; many cases
    journal, rulings, judged         what people decided, in one chain; what it amounts to; a run with it
    pairing, compare, rounds         which case is which; what became of a finding; runs out of the store
    panel, sampling, rectification   two reviewers; drawing by lot; lists that come back
    suspicion, trend, masking        fixes that look wrong; units over time; personal data hidden
    reports/, cli*                   what people see; parse, call, print, exit
"""

__version__ = "0.1.0"
