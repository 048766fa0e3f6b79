"""Tables of UN Comtrade with invented figures, in the columns of today's API and of the downloads before it."""

from __future__ import annotations

from collections.abc import Sequence

API = (
    "typeCode",
    "freqCode",
    "refYear",
    "refMonth",
    "period",
    "reporterCode",
    "reporterISO",
    "flowCode",
    "flowDesc",
    "partnerCode",
    "partnerISO",
    "partner2Code",
    "partner2ISO",
    "classificationCode",
    "cmdCode",
    "customsCode",
    "motCode",
    "legacyEstimationFlag",
    "primaryValue",
)

OLDER = (
    "Classification",
    "Year",
    "Period",
    "Trade Flow Code",
    "Trade Flow",
    "Reporter Code",
    "Reporter ISO",
    "Partner Code",
    "Partner ISO",
    "2nd Partner Code",
    "2nd Partner ISO",
    "Customs Proc. Code",
    "Mode of Transport Code",
    "Commodity Code",
    "Trade Value (US$)",
    "Flag",
)


def flow(value: str = "1000", **cells: str) -> dict[str, str]:
    """A row of the API: an aggregate of one reporter's exports to one partner in a year, unless cells say otherwise."""
    usual = {
        "typeCode": "C",
        "freqCode": "A",
        "refYear": "2022",
        "refMonth": "52",
        "period": "2022",
        "reporterCode": "156",
        "reporterISO": "CHN",
        "flowCode": "X",
        "flowDesc": "Export",
        "partnerCode": "643",
        "partnerISO": "RUS",
        "partner2Code": "0",
        "partner2ISO": "W00",
        "classificationCode": "H6",
        "cmdCode": "TOTAL",
        "customsCode": "C00",
        "motCode": "0",
        "legacyEstimationFlag": "0",
        "primaryValue": value,
    }
    return usual | cells


def older(value: str = "1000", **cells: str) -> dict[str, str]:
    """The same as a row of the older downloads."""
    usual = dict.fromkeys(OLDER, "")
    usual |= {"Classification": "HS", "Year": "2022", "Period": "2022", "Trade Flow Code": "2", "Trade Flow": "Export"}
    usual |= {"Reporter Code": "156", "Reporter ISO": "CHN", "Partner Code": "643", "Partner ISO": "RUS"}
    usual |= {"Commodity Code": "TOTAL", "Trade Value (US$)": value, "Flag": "0"}
    return usual | {key.replace("_", " "): cell for key, cell in cells.items()}


def csv_of(rows: Sequence[dict[str, str]], separator: str = ",", end: str = "") -> str:
    """Rows as a table; `end` stands behind each row, as a separator too many does in some downloads."""
    lines = [separator.join(rows[0]), *(separator.join(row.values()) + end for row in rows)]
    return "\n".join(lines) + "\n"
