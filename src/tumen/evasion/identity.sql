-- What does not fit in what ships say of themselves, of each kind.
--
-- One row a finding, placed where its MMSI was when it begins.
with findings as (
    select
        s.mmsi, cast(null as bigint) as mmsi_2, i.imo, cast(null as bigint) as imo_2, cast(null as varchar) as name_2,
        'imo-invalid' as kind, s.first_t as "start", s.last_t as "end",
        s.messages, cast(null as bigint) as messages_2
    from identity_spans as s
    inner join identity_imos as i on s.word = i.imo_said and not i.valid
    where s.what = 'imo'
    union all
    select
        a.mmsi, b.mmsi as mmsi_2, i.imo, cast(null as bigint) as imo_2, cast(null as varchar) as name_2,
        'imo-on-two-mmsis' as kind, greatest(a.first_t, b.first_t) as "start", least(a.last_t, b.last_t) as "end",
        a.messages, b.messages as messages_2
    from identity_spans as a
    inner join identity_spans as b on a.what = b.what and a.word = b.word and a.mmsi < b.mmsi
    inner join identity_imos as i on a.word = i.imo_said and i.valid
    where a.what = 'imo' and a.first_t <= b.last_t and b.first_t <= a.last_t
    union all
    select
        a.mmsi, cast(null as bigint) as mmsi_2, cast(a.word as bigint) as imo, cast(b.word as bigint) as imo_2,
        cast(null as varchar) as name_2,
        'two-imos' as kind, greatest(a.first_t, b.first_t) as "start", least(a.last_t, b.last_t) as "end",
        a.messages, b.messages as messages_2
    from identity_spans as a
    inner join identity_spans as b on a.mmsi = b.mmsi and a.what = b.what and a.word < b.word
    where a.what = 'imo' and a.first_t <= b.last_t and b.first_t <= a.last_t
    union all
    select
        c.mmsi, c.mmsi_2, c.imo, cast(null as bigint) as imo_2, v.name as name_2,
        'mmsi-changed' as kind, c."start", c."end",
        cast(null as bigint) as messages, cast(null as bigint) as messages_2
    from identity_changes as c
    left join ships as v on c.mmsi_2 = v.mmsi
),

places as (
    select
        p.mmsi, p.t, p.lon, p.lat,
        row_number() over (partition by p.mmsi, p.t order by p.lon nulls last, p.lat nulls last) as place
    from positions as p
    where p.mmsi in (select f.mmsi from findings as f)
),

last_places as (
    select
        f.mmsi, f.mmsi_2, f.imo, f.imo_2, f.kind, p.lon, p.lat,
        row_number() over (
            partition by f.mmsi, f.mmsi_2, f.imo, f.imo_2, f.kind, f."start" order by p.t desc nulls last
        ) as latest,
        f."start"
    from findings as f
    inner join places as p on f.mmsi = p.mmsi and p.t <= f."start" and p.place = 1
)

select
    f.mmsi, f.mmsi_2, f.imo, f.imo_2, w.name, f.name_2, f.kind, f."start", f."end", f.messages, f.messages_2,
    p.lon, p.lat
from findings as f
left join ships as w on f.mmsi = w.mmsi
left join last_places as p
    on
        f.mmsi = p.mmsi and f.mmsi_2 is not distinct from p.mmsi_2 and f.imo is not distinct from p.imo
        and f.imo_2 is not distinct from p.imo_2 and f.kind = p.kind and f."start" = p."start" and p.latest = 1
