-- All that was found of the identities of ships, with what each MMSI says most often and where it was last heard.
--
-- One row a finding: see `find_identity`.
with every_kind as (
    select
        'imo-check' as kind, mmsi, cast(imo as varchar) as word, cast(expected as varchar) as other,
        first_t as "start", last_t as "end", cast(null as double) as gap_h, cast(null as double) as score,
        cast(null as varchar) as listed
    from identity_numbers
    union all
    select
        'two-' || what || 's' as kind, mmsi, word, other, "start", "end",
        cast(null as double) as gap_h, cast(null as double) as score, cast(null as varchar) as listed
    from identity_pairs
    where at_once
    union all
    select
        what || '-change' as kind, mmsi, word, other, "start", "end", gap_h,
        cast(null as double) as score, cast(null as varchar) as listed
    from identity_changes
    union all
    select
        'mid' as kind, mmsi, digits as word, cast(null as varchar) as other, first_t as "start", last_t as "end",
        cast(null as double) as gap_h, cast(null as double) as score, cast(null as varchar) as listed
    from identity_digits
    where not simulated and (form is null or (digits is not null and states is null))
    union all
    select kind, mmsi, word, other, "start", "end", cast(null as double) as gap_h, score, listed
    from identity_same
    union all
    select kind, mmsi, word, other, "start", "end", cast(null as double) as gap_h, score, listed
    from identity_alike
),

placed as (
    select
        p.mmsi, p.lon, p.lat,
        row_number() over (
            partition by p.mmsi order by p.t desc nulls last, p.lon nulls last, p.lat nulls last
        ) as place
    from positions as p
    inner join (select distinct mmsi from every_kind) as f on p.mmsi = f.mmsi
)

select
    e.kind, e.mmsi, s.name, s.imo, e.word, e.other, e."start", e."end", e.gap_h, e.score, e.listed, w.lon, w.lat
from every_kind as e
left join ships as s on e.mmsi = s.mmsi
left join placed as w on e.mmsi = w.mmsi and w.place = 1
