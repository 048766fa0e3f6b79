"""Roll calls that a table tells twice: two lists that name them differently, or one symbol in two spellings."""

from __future__ import annotations

from tumen.record.columns import Twice

#: Lists repeat each other where so many roll calls are alike, and so large a part of those of the shorter list on days
#: that both have: real assemblies sometimes vote twice alike in one day.
_ROLL_CALLS, _PART = 3, 0.8

ROLL_CALLS_TWICE = Twice(
    day="date",
    name="resolution",
    noun="roll call",
    finds=f"""
    with calls as (
        select "date", resolution, source, bit_xor(hash(actor, vote)) as vector, count(*) as n
        from votes
        where vote <> '-' and {{known}}
        group by "date", resolution, source
    ),
    lists as (select source, count(*) as calls, min(resolution) as named from calls group by source),
    alike as (
        select a."date", a.resolution as kept, b.resolution as again, a.source as one, b.source as other, b.n
        from calls as a
        inner join calls as b on a."date" = b."date" and a.vector = b.vector and a.n = b.n
        inner join lists as x on a.source = x.source
        inner join lists as y on b.source = y.source
        where (a.source = b.source and a.resolution < b.resolution)
            or (a.source <> b.source and a.resolution <> b.resolution
                and (x.calls, y.named, x.source) > (y.calls, x.named, y.source))
    ),
    days as (
        select p.one, p.other, c.source, count(*) as calls
        from (select distinct one, other from alike where one <> other) as p
        inner join calls as c on c.source in (p.one, p.other)
        where c."date" in (select "date" from calls where source = p.one)
            and c."date" in (select "date" from calls where source = p.other)
        group by p.one, p.other, c.source
    ),
    repeating as (
        select d.one, d.other
        from (select one, other, min(calls) as calls from days group by one, other) as d
        inner join (
            select one, other, count(distinct again) as again from alike where one <> other group by one, other
        ) as m on d.one = m.one and d.other = m.other
        where m.again >= {_ROLL_CALLS} and m.again >= {_PART} * d.calls
    ),
    told as (
        select alike.*, r.one is not null as lists
        from alike left join repeating as r on alike.one = r.one and alike.other = r.other
    )
    select cast("date" as varchar) as day, again as name, min(kept) as kept, bool_or(lists) as lists, max(n) as rows
    from told
    where lists or (
        regexp_replace(split_part(kept, '#', 1), '^[^0-9]*', '')
            = regexp_replace(split_part(again, '#', 1), '^[^0-9]*', '')
        and split_part(kept, '#', 1) <> split_part(again, '#', 1)
        and regexp_matches(kept, '[0-9]')
    )
    group by "date", again
    order by "date", again
    """,  # noqa: S608 - our own
    left_out="All members' votes are the same on the same days. The shorter list is left out. Keep one of the two.",
    told="All members' votes are the same. If it is one roll call, keep one of its names; until then it counts twice.",
)
