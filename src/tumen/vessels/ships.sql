-- What each MMSI says of itself most often: name, IMO number and ship type, each by itself.
--
-- One row an MMSI; null where it never says. Of two said equally often, the one that sorts first.
with said as (
    select mmsi, 'name' as what, name as word, count(*) as times
    from positions
    where name is not null and trim(name) <> ''
    group by mmsi, name
    union all
    select mmsi, 'imo' as what, cast(imo as varchar) as word, count(*) as times
    from positions
    where imo is not null
    group by mmsi, imo
    union all
    select mmsi, 'ship_type' as what, cast(ship_type as varchar) as word, count(*) as times
    from positions
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
from (select distinct mmsi from positions) as m
left join ranked as r on m.mmsi = r.mmsi and r.place = 1
group by m.mmsi
