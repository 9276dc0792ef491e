"""casereview: reads administrative case files, judges them against a checklist, scores them and
remembers.

Thirteen rooms in the order in which a case flows. A room imports only rooms above it;
``tests/test_rooms.py`` holds it.

    errors      what can go wrong, and the exit codes
    model       the nouns, frozen
    settings    the one reader of the environment
    writing     a file in one step
    kept        what was worked out before, under a digest of what it rests on
    yamlfile    strict YAML with lines
    workbook    XLSX in and out, XLS and ET in
    chinese     text -> value: characters, numerals, dates, money, numbers, names, wordings
    law         dated parameters, statutes by day, days that count
    privacy     where personal data stands; masking
    reading     folder -> cases and files; file -> pages with boxes (PDF, Word, OFD, scans)
    papers      pages -> papers (文书): titles, split, catalogue, fields
    facts       papers -> registered facts (要素), each known or unknown with its reason
    rules       the standard as data, and the kinds of check it is written in
    judging     case x standard x law -> findings, ledger
    authoring   fixtures, differences, Excel, tables, schema for those who write standards
    record      one result as a noun; the one SQLite file; the chain of what people decided
    rounds      what became of a finding: pairing, comparison, rulings, rectification, panel
    run         what people do, once, for every face: score a folder, rule, issue, take answers
    reports     one view, many media: terminal, Word, Excel, one-file page, pictures
    desk        the reviewer's desk: pages in a browser of the same machine
    cli         parse, call, print, exit; the clock
"""

__version__ = "0.1.0"
