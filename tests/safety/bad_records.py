"""Contents that no record can have: of any kind, and in each field of each kind."""

import codecs

FOLDER = "pdb/2025-11-26"
ACTION, MEETING, BOARD, REGISTER = f"{FOLDER}/02.yaml", f"{FOLDER}/meeting.yaml", "pdb/board.yaml", "register.yaml"
PLACES = [ACTION, MEETING, BOARD, REGISTER]

# What cannot be read at all, wherever it stands; the line that is named (0: any), and words of the cause.
ANYWHERE: list[tuple[str, bytes, int, str]] = [
    ("torn in a quote", b'text: "Do it\nowners: [Force]\n', 0, "not closed"),
    ("torn in a list", b"text: Do it\nowners: [Force\nstatus: open\n", 0, ""),
    ("torn in a line", b"title: Do it\nown", 2, "colon"),
    ("tab", b"title: Do it\nhistory:\n\t- date: 2026-01-01\n", 3, "tab"),
    ("indentation", b"title: Do it\n  due: 2026-01-01\n", 2, ""),
    ("duplicate key", b"title: Do it\ntitle: Do that\n", 2, "stands twice"),
    ("conflict markers", b"title: x\n<<<<<<< HEAD\nnote: a\n=======\nnote: b\n>>>>>>> theirs\n", 2, "merge was left unfinished"),
    ("anchor", b"title: &a Do it\n", 1, "anchor"),
    ("alias", b"title: *a\n", 1, "alias"),
    ("alias bomb", b"a: &a [x,x,x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c]\n" % (n + 1, n + 1, n, n, n) for n in range(97, 121)), 1, "anchor"),
    ("merge-key bomb", b"a: &a {x: y}\n" + b"".join(b"%c: &%c {<<: [*%c, *%c]}\n" % (n + 1, n + 1, n, n) for n in range(97, 121)), 1, "anchor"),
    ("merge key", b"title: x\n<<: {note: y}\n", 2, "merge key"),
    ("tag", b"title: !!python/object/apply:os.system [rm -rf /]\n", 1, "tag"),
    ("own tag", b"title: !secret x\n", 1, "tag"),
    ("directive", b"%YAML 1.1\n---\ntitle: x\n", 1, "directive"),
    ("second document", b"title: x\n---\ntitle: y\n", 2, "second document"),
    ("deep nesting", b"title: " + b"[" * 50_000 + b"\n", 1, "nested"),
    ("deep blocks", "".join(f"{' ' * depth}x:\n" for depth in range(400)).encode(), 0, "nested"),
    ("UTF-16", "title: Do it\n".encode("utf-16"), 0, "UTF-16"),
    ("UTF-16 without its mark", "title: Do it\n".encode("utf-16-le"), 1, "NUL"),
    ("latin-1", "title: x\nnote: Café\n".encode("latin-1"), 2, "UTF-8"),
    ("cut in a letter", "title: Café".encode()[:-1], 1, "UTF-8"),
    ("NUL", b"title: x\nnote: a\0b\n", 2, "NUL"),
    ("a disk's NULs", b"\0" * 4096, 1, "NUL"),
    ("control character", b"title: x\nnote: \x1b[31m\n", 2, "U+001B"),
    ("C1 character", "title: x\nnote: \x9b31m\n".encode(), 2, "U+009B"),
    ("empty", b"", 0, "empty"),
    ("blanks", b"\n  \n", 0, "empty"),
    ("only a comment", b"# nothing\n", 0, "empty"),
    ("only a mark", codecs.BOM_UTF8, 0, "empty"),
    ("a list", b"- title: x\n", 1, "does not hold a record"),
    ("a text", b"Do it\n", 1, "does not hold a record"),
    ("null", b"~\n", 0, ""),
    ("JSON", b'{"title": "x"}\n', 1, "does not hold a record"),
    ("2 MB in a line", b"title: " + b"x" * 2_000_000, 0, "too large"),
    ("2 MB of lists", b"title: x\nowners:\n" + b"  - a\n" * 350_000, 0, "too large"),
    ("100 KB of lists", b"title: x\nowners:\n" + b"  - a\n" * 16_000, 0, ""),
    ("100 KB of brackets", b"title: " + b"[a, " * 25_000 + b"\n", 0, ""),
    ("100 KB of keys", b"".join(b"k%d: v\n" % n for n in range(10_000)), 0, ""),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, 0, ""),
    ("git's pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", 0, ""),
]  # fmt: skip

# Wrong types, words and days in each field; the line is that of the field.
ACTION_START, MEETING_START = "text: Do it\nowners: [Force]\nstatus: open\n", "status: held\n"
EVENT = "history:\n  - date: 2026-01-10\n    event: "
OF_ACTIONS = [
    ("text", "text: [a, b]\n", 1), ("no text", "owners: [Force]\n", 0), ("empty text", "text: ''\n", 1), ("item", "text: x\nitem: [1]\n", 2),
    ("owners", "text: x\nowners: Force\n", 2), ("owners within", "text: x\nowners:\n  - Force\n  - a: b\n", 0), ("owners empty", "text: x\nowners: ['']\n", 2),
    ("due", "text: x\ndue: 2025-02-30\n", 2), ("due in words", "text: x\ndue: soon\n", 2), ("due as written", "text: x\ndue: 25/02/2026\n", 2),
    ("due a list", "text: x\ndue: [2026-01-01]\n", 2), ("due month", "text: x\ndue: 2026-13-01\n", 2), ("due with time", "text: x\ndue: 2026-01-01 10:00\n", 2),
    ("due far", "text: x\ndue: 20266-01-01\n", 2), ("due zero", "text: x\ndue: 0000-00-00\n", 2), ("status", "text: x\nstatus: done\n", 2),
    ("status list", "text: x\nstatus: [open]\n", 2), ("tags", "text: x\ntags: rural\n", 2), ("tags within", "text: x\ntags: [[a]]\n", 2),
    ("restricted", "text: x\nrestricted: maybe\n", 2), ("follows", "text: x\nfollows: PDB/2023-02-30/02\n", 2), ("follows words", "text: x\nfollows: the other one\n", 2),
    ("due_said", "text: x\ndue_said: {a: b}\n", 2), ("history", ACTION_START + "history: none\n", 4), ("history within", ACTION_START + "history:\n  - x\n", 5),
    ("event", ACTION_START + EVENT + "finished\n", 6), ("no event", ACTION_START + "history:\n  - date: 2026-01-10\n", 5),
    ("no date", ACTION_START + "history:\n  - event: update\n", 5), ("date", ACTION_START + "history:\n  - date: 2026-02-30\n    event: update\n", 5),
    ("date of words", ACTION_START + "history:\n  - date: today\n    event: update\n", 5), ("note", ACTION_START + EVENT + "update\n    note: [a]\n", 7),
    ("route", ACTION_START + EVENT + "discharged\n    route: by post\n", 7), ("meeting", ACTION_START + EVENT + "update\n    meeting: PDB/2026-02-30\n", 7),
    ("from", ACTION_START + EVENT + "carried forward\n    from: 2026-02-30\n    to: 2026-06-10\n", 7), ("to", ACTION_START + EVENT + "re-dated\n    from: 2026-02-25\n    to: never\n", 8),
]  # fmt: skip
OF_MEETINGS = [
    ("status", "status: over\n", 1), ("two fields", "status: over\ntime: [10]\n", 1), ("time", MEETING_START + "time: [10]\n", 2), ("a wrong time", MEETING_START + "time: '25:00'\n", 2),
    ("ends", MEETING_START + "ends: noonish\n", 2), ("venue", MEETING_START + "venue: {a: b}\n", 2), ("attendees", MEETING_START + "attendees: Matthew\n", 2),
    ("attendee", MEETING_START + "attendees:\n  - [x]\n", 3), ("nameless", MEETING_START + "attendees:\n  - role: x\n", 3), ("apologies", MEETING_START + "apologies: none\n", 2),
    ("items", MEETING_START + "items: 3\n", 2), ("item", MEETING_START + "items:\n  - x\n", 3), ("no title", MEETING_START + "items:\n  - number: '1'\n", 3),
    ("postponed_to", "status: postponed\npostponed_to: 2026-02-30\n", 2),
]  # fmt: skip
OF_OTHERS = [
    (BOARD, "title", "title: [a]\n", 1), (BOARD, "no title", "chair: x\n", 0), (BOARD, "members", "title: x\nmembers: all\n", 2), (BOARD, "agenda", "title: x\nagenda: {a: b}\n", 2),
    (BOARD, "note", "title: x\nnote: [a]\n", 2), (REGISTER, "title", "title: [a]\n", 1), (REGISTER, "owners", "title: x\nowners: [Force]\n", 2),
    (REGISTER, "owner", "title: x\nowners:\n  Force: Kent Police\n", 3), (REGISTER, "nameless", "title: x\nowners:\n  Force: {email: a@b}\n", 3),
    (REGISTER, "aliases", "title: x\nowners:\n  Force:\n    name: x\n    aliases: CC\n", 5), (REGISTER, "commit", "title: x\ncommit: sometimes\n", 2),
]  # fmt: skip
BAD: list[tuple[str, bytes, str, int, str]] = [
    *((name, content, ACTION, line, cause) for name, content, line, cause in ANYWHERE),
    *((name, text.encode(), ACTION, line, "") for name, text, line in OF_ACTIONS),
    *((name, text.encode(), MEETING, line, "") for name, text, line in OF_MEETINGS),
    *((name, text.encode(), path, line, "") for path, name, text, line in OF_OTHERS),
]
