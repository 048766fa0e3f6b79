-- When exactly two ships are within the distance of each other, interval by interval.
--
-- One row an interval in which they are together for a while (`observed`, or `bridged` in a silence), or that ends
-- whatever went on (`ended`). In an interval both move linearly, so the squared distance is a quadratic in time,
-- and its roots are the moments of entry and exit.
with judged as (
    select
        i.*,
        case when b.from_s is not null then 'bridged' when i.lost or i.silent_1 or i.silent_2 then 'ended' else 'observed' end as kind,
        x_1_from - x_2_from as rx, y_1_from - y_2_from as ry, z_1_from - z_2_from as rz,
        (x_1_to - x_2_to) - (x_1_from - x_2_from) as dx, (y_1_to - y_2_to) - (y_1_from - y_2_from) as dy,
        (z_1_to - z_2_to) - (z_1_from - z_2_from) as dz
    from encounter_intervals as i
    left join encounter_bridged as b
        on i.watch = b.watch and i.segment_1 = b.segment_1 and i.segment_2 = b.segment_2 and i.from_s = b.from_s
),

quadratic as (
    select
        *, dx * dx + dy * dy + dz * dz as a, rx * dx + ry * dy + rz * dz as b, rx * rx + ry * ry + rz * rz as c
    from judged
),

solved as (
    select
        *, b * b - a * (c - power(cast($distance_m as double), 2)) as under,
        case when a > 0 then -b / nullif(a, 0) end as middle
    from quadratic
),

entered as (
    select
        *,
        case
            when kind <> 'observed' then 0
            when a > 0 and under >= 0 then greatest(0e0, middle - sqrt(greatest(under, 0e0)) / nullif(a, 0))
            when not a > 0 and c <= power(cast($distance_m as double), 2) then 0
        end as enters,
        case
            when kind <> 'observed' then 1
            when a > 0 and under >= 0 then least(1e0, middle + sqrt(greatest(under, 0e0)) / nullif(a, 0))
            when not a > 0 and c <= power(cast($distance_m as double), 2) then 1
        end as leaves
    from solved
)

select
    watch, segment_1, segment_2, kind,
    from_s + enters * (to_s - from_s) as from_s,
    case when leaves = 1 then to_s else from_s + leaves * (to_s - from_s) end as to_s,
    greatest(coalesce(silence_1_s, 0), coalesce(silence_2_s, 0)) as silence_s,
    case
        when kind = 'observed' and a > 0
            then sqrt(greatest(0e0, c + 2 * b * greatest(enters, least(leaves, middle)) + a * power(greatest(enters, least(leaves, middle)), 2)))
        when kind = 'observed' then sqrt(c)
    end as nearest_m,
    sqrt(least(c, greatest(0e0, c + 2 * b + a))) as edge_m
from entered
where enters < leaves
