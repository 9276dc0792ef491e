"""casereview: reads administrative case files, judges them against a checklist, scores them and remembers.

The river, from ground to roof (imports point only to modules higher in this list; ``tests/test_layers.py`` holds it):

    model, errors, yamlfile          the nouns, what can go wrong, strict YAML
    chinese, workdays                text -> value; days that count
    parameters, statutes             numbers of the law by date; which article stood when
    intake, pages/                   tree -> cases and files; file -> pages with boxes
    flow, vocabulary, documents      running text with places; names of papers; pages -> documents (文书)
    facts/                           document -> facts (要素)
    checks/, checklist               kinds of check; YAML -> checks
    review, score                    case x checklist -> findings; findings -> ledger
    export, store, workers, batch    one JSON object per case; SQLite; supervised processes; many cases
    reports/, cli                    what people see; parse, call, print, exit
"""

__version__ = "0.1.0"
