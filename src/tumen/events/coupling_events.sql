-- Events of two parties in [$first, $last) in which one of the actors takes part, by day and pair.
--
-- $actors: codes joined by +. One row a day, precision, pair in its direction and source; a party beyond $actors is an empty
-- text. Joint events are left out. `id` is that of an event counted alone.
with named as (
    select
        e.id, e."date", e.date_precision, e.source,
        case when contains(cast($actors as varchar), e.source_actor) then e.source_actor else '' end as one,
        case when contains(cast($actors as varchar), e.target_actor) then e.target_actor else '' end as other
    from events as e
    where e."date" >= cast($first as date)
        and e."date" < cast($last as date)
        and e.parties is null
)
select n."date", n.date_precision, n.one, n.other, n.source, count(*) as events, min(n.id) as id
from named as n
where n.one <> '' or n.other <> ''
group by n."date", n.date_precision, n.one, n.other, n.source
order by
    n."date" nulls last, n.date_precision nulls last, n.one nulls last, n.other nulls last, n.source nulls last
