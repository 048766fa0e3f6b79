-- Encounters, with what each ship says of herself, whose country digits she has, and whom of a list she may be.
--
-- One row an encounter, with the columns of `encounters`. `flag_1` is the territories that the MMSI's first three digits
-- are of, joined by +; null where they are nobody's. `listed_1` is the id of the listing that fits best and `listed_by_1`
-- what fits: a number before a name.
with matched as (
    select
        mmsi, listed, substring(kind, 8) as listed_by,
        row_number() over (
            partition by mmsi
            order by
                case when kind = 'listed-name' then 1 else 0 end nulls last, score desc nulls last, kind nulls last,
                listed nulls last
        ) as place
    from encounter_matches
),

told as (
    select
        s.mmsi, s.name, s.imo, s.ship_type, d.states as flag, m.listed, m.listed_by
    from ships as s
    left join mids as d on d.digits = substring(lpad(cast(s.mmsi as varchar), 9, '0'), 1, 3)
    left join matched as m on s.mmsi = m.mmsi and m.place = 1
)

select
    e.mmsi_1, e.mmsi_2, e."start", e."end", e.duration_h, e.observed_h, e.longest_silence_h, e.min_distance_m,
    e.median_distance_m, e.median_speed_kn, e.lon, e.lat, e.silence_before_1_h, e.silence_after_1_h,
    e.silence_before_2_h, e.silence_after_2_h,
    one.name as name_1, one.imo as imo_1, one.ship_type as ship_type_1, one.flag as flag_1,
    one.listed as listed_1, one.listed_by as listed_by_1,
    other.name as name_2, other.imo as imo_2, other.ship_type as ship_type_2, other.flag as flag_2,
    other.listed as listed_2, other.listed_by as listed_by_2
from bare_encounters as e
left join told as one on e.mmsi_1 = one.mmsi
left join told as other on e.mmsi_2 = other.mmsi
