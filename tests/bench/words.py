"""The words of a made-up county: enough of them that no two actions of a board read alike."""

from random import Random

BOARDS = (
    ("safety", "Community Safety"), ("performance", "Performance and Delivery"), ("justice", "Criminal Justice"),
    ("health", "Health and Wellbeing"), ("schools", "Schools and Learning"), ("roads", "Highways and Road Safety"),
    ("housing", "Housing and Homelessness"), ("finance", "Finance and Resources"), ("audit", "Audit and Risk"),
    ("ethics", "Ethics and Standards"), ("estates", "Estates and Property"), ("digital", "Digital and Data"),
    ("people", "People and Culture"), ("rural", "Rural Affairs"), ("coast", "Coast and Waterways"),
    ("youth", "Children and Young People"), ("victims", "Victims and Witnesses"), ("climate", "Climate and Nature"),
    ("fire", "Fire and Rescue"), ("planning", "Planning and Growth"),
)  # fmt: skip
KINDS = ("board", "committee")

OWNERS = {
    "Force": "County Police", "Council": "County Council", "Fire": "Fire and Rescue Service",
    "Health": "Integrated Care Board", "Probation": "Probation Service", "Clerk": "Clerk to the Board",
    "Treasurer": "County Treasurer", "Audit": "Internal Audit",
}  # fmt: skip

AGENDA = (
    ("1", "Welcome and introduction"), ("2", "Notes of previous meeting"), ("3i", "Plan delivery and performance"),
    ("3ii", "Prevention"), ("4", "Inspections, audits and reviews"), ("5", "People"), ("6", "Finance"),
    ("7", "Topical issues and significant matters"),
)  # fmt: skip

TAGS = ("call-handling", "cost", "data", "estates", "inspection", "pilot", "rural-crime", "training", "victims")
ROLES = ("Chair", "Vice chair", "Chief Executive", "Chief Finance Officer", "Head of Service", "Secretary")
_FIRST = ("Anna", "Ben", "Carol", "David", "Elin", "Farah", "Graham", "Helen", "Imran", "Joan", "Kofi", "Lucy")
_LAST = ("Abbott", "Baker", "Cole", "Dunn", "Ellis", "Foster", "Grant", "Hughes", "Iqbal", "Jones", "Keane", "Lamb")

_ASKS = (
    "Report on", "Brief the board outside the meeting on", "Supply figures for", "Explain the rise in the cost of",
    "Share the evaluation of", "Set out the options for", "Review the governance of", "Publish a summary of",
    "Agree a plan with partners for", "Bring back a paper on", "Confirm who is responsible for", "Map the demand for",
    "Compare with similar counties", "Test with residents", "Say what was learnt from", "Update the risk register on",
)  # fmt: skip
_SUBJECTS = (
    "answering of calls from the public", "drink and drug driving", "the rural crime team", "victim satisfaction",
    "the cadet schemes", "retail crime", "case file quality", "mental health detentions", "fraud against older people",
    "the control room's new rota", "unauthorised encampments", "the non-emergency number", "speed enforcement near schools",
    "the estates strategy", "body-worn video", "domestic abuse referrals", "stop and search", "vetting backlogs",
    "the volunteers' scheme", "flood warnings", "temporary accommodation", "the apprenticeship levy", "street lighting",
    "school transport", "winter gritting", "the shared services contract", "the safeguarding hub", "wildlife crime",
    "the digital evidence system", "reserves and borrowing", "the graduate intake", "sickness absence",
)  # fmt: skip
_WHERE = (
    "in the eastern division", "across the district councils", "in the coastal towns", "by ward and month",
    "since the new code of practice", "before and after the pilot", "for the last four quarters", "in the rural parishes",
    "among under-18s", "at weekends and on bank holidays", "following the inspectorate's visit", "with the ambulance service",
    "in the two largest towns", "under the new funding formula", "with the outcomes for victims", "in plain language",
)  # fmt: skip
_WHY = (
    "for inclusion in the annual report", "so that members can set the budget", "with a recommendation for each district",
    "and say what it would cost to continue", "with the views of residents and businesses", "before the contract is renewed",
    "and list the measures that were dropped", "with a timetable for what remains", "for the scrutiny panel's visit",
    "and note where the figures are not comparable", "as asked by the external auditor", "with the equality assessment",
)  # fmt: skip

_SAID = (
    "Draft received from the lead officer", "Figures are with the analysts", "First results shared with the chair",
    "Partners were asked for their part by letter", "The supplier has asked for more time",
    "Waiting for the inspectorate's final report", "A working group met twice", "The survey closes next month",
)  # fmt: skip
_NEXT = (
    "the full paper follows once legal advice is in", "two districts have still to answer",
    "the clerk will remind the remaining owners", "a summary goes out with the next papers",
    "the lead officer will attend to answer questions", "nothing further is expected before the spring",
)  # fmt: skip
_OUTCOMES = (
    "Reported in the item 4 paper", "Received with thanks", "Figures supplied to all members by e-mail",
    "Update given at the meeting and noted", "Now part of the regular performance report",
    "Evaluation shared and the recommendations accepted", "Plan agreed with the partners and published",
)  # fmt: skip


def ask(rng: Random) -> str:
    """What a meeting might ask for, about 110 characters; one of some hundred thousand."""
    return f"{rng.choice(_ASKS)} {rng.choice(_SUBJECTS)} {rng.choice(_WHERE)} {rng.choice(_WHY)}"


def progress(rng: Random) -> str:
    """A word on how far an action has come."""
    return f"{rng.choice(_SAID)}; {rng.choice(_NEXT)}"


def outcome(rng: Random) -> str:
    """What came of an action."""
    return f"{rng.choice(_OUTCOMES)}; {rng.choice(_NEXT)}" if rng.random() < 0.5 else rng.choice(_OUTCOMES)


def person(number: int) -> str:
    """The name of a member, one of 144, the same for the same number."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"
