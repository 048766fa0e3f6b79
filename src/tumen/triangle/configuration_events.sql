-- Cooperative and conflictual events between three actors in each year of [$first, $last).
--
-- One row a year, a dyad, a sign and a source; `id` is that of an event counted alone. A joint event is of no dyad.
-- $certainties: those that count, joined by +.
select
    year(e."date") as "year",
    case when e.source_actor < e.target_actor then e.source_actor else e.target_actor end as one,
    case when e.source_actor < e.target_actor then e.target_actor else e.source_actor end as other,
    e.sign, e.source, count(*) as events, min(e.id) as id, max(e."date") as last_day
from events as e
where e.source_actor in ($one, $two, $three)
    and e.target_actor in ($one, $two, $three)
    and e."date" >= cast($first as date)
    and e."date" < cast($last as date)
    and e.sign <> 0
    and e.parties is null
    and contains(cast($certainties as varchar), e.certainty)
group by
    year(e."date"),
    case when e.source_actor < e.target_actor then e.source_actor else e.target_actor end,
    case when e.source_actor < e.target_actor then e.target_actor else e.source_actor end,
    e.sign, e.source
order by
    year(e."date") nulls last, one nulls last, other nulls last, e.sign nulls last, e.source nulls last
