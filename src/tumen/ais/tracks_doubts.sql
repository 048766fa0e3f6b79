-- Positions that may not continue the one before: out of reach, or far and better matched by an older one.
--
-- One row a position at which the track must be cut. A position that is more than $far_m from the one
-- before is compared with the three before that: where the ship would be had it gone on at its speed and
-- course, or had it stopped, whichever is nearer.
with matched as (
    select
        mmsi, place as n,
        min(case when earlier = place - 1 then least(distance_m, projected_m) end) as last_m,
        min(
            case
                when
                    earlier < place - 1 and hours <= $max_silence_h
                    and distance_m <= $slack_m + 1852 * hours * cast($max_speed_kn as double)
                    then least(distance_m, projected_m)
            end
        ) as older_m
    from track_offsets
    group by mmsi, place
)

select m.mmsi, m.n
from matched as m
inner join fixes as f on m.mmsi = f.mmsi and m.n = f.n
where
    not (f.hours <= $max_silence_h and f.distance_m <= $slack_m + 1852 * f.hours * f.most_kn)
    or coalesce(m.last_m > $far_m + 2 * m.older_m, false)
