-- What each MMSI says of itself most often: name, IMO number and ship type, each by itself.
--
-- One row an MMSI; null where it never says. Of two said equally often, the one that sorts first. Names are those of
-- `meant_names`, which has no fillers.
with said as (
    select s.mmsi, 'name' as what, n.word, sum(s.times) as times
    from ships_said as s
    inner join meant_names as n on s.name = n.name
    group by s.mmsi, n.word
    union all
    select mmsi, 'imo' as what, cast(imo as varchar) as word, sum(times) as times
    from ships_said
    where imo > 0
    group by mmsi, imo
    union all
    select mmsi, 'ship_type' as what, cast(ship_type as varchar) as word, sum(times) as times
    from ships_said
    where ship_type is not null
    group by mmsi, ship_type
),

ranked as (
    select
        mmsi, what, word,
        row_number() over (partition by mmsi, what order by times desc nulls last, word nulls last) as place
    from said
)

select
    m.mmsi,
    max(case when r.what = 'name' then r.word end) as name,
    cast(max(case when r.what = 'imo' then r.word end) as bigint) as imo,
    cast(max(case when r.what = 'ship_type' then r.word end) as integer) as ship_type
from asked_ships as m
left join ranked as r on m.mmsi = r.mmsi and r.place = 1
group by m.mmsi
