-- Ships that say the number of a vessel that is known, and those whose country digits are not those of her flag.
--
-- One row an MMSI, known vessel and kind. `start` and `end` are when she was first and last heard under that number.
with same as (
    select 'imo' as what, w.holder as mmsi, w.word as word, w.first_t, w.last_t, k.id, k.name, k.flag, k.listed
    from identity_words as w
    inner join known_vessels as k on w.word = cast(k.imo as varchar)
    where w.what = 'imo'
    union all
    select 'mmsi' as what, d.mmsi, cast(d.mmsi as varchar) as word, d.first_t, d.last_t, k.id, k.name, k.flag, k.listed
    from identity_digits as d
    inner join known_vessels as k on d.mmsi = k.mmsi
),

flagged as (
    select s.mmsi, s.id, s.flag, d.states, min(s.first_t) as "start", max(s.last_t) as "end"
    from same as s
    inner join identity_digits as d on s.mmsi = d.mmsi
    where d.form = 'ship' and s.flag is not null and d.states is not null and not contains(d.states, s.flag)
    group by s.mmsi, s.id, s.flag, d.states
)

select
    'listed-' || what as kind, mmsi, word, name as other, first_t as "start", last_t as "end",
    cast(100 as double) as score, id as listed
from same
where listed
union all
select 'flag' as kind, mmsi, states as word, flag as other, "start", "end", cast(100 as double) as score, id as listed
from flagged
