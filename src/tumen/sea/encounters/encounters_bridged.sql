-- Intervals in which a ship is silent and the two may be taken to have stayed together all the same.
--
-- One row an interval. At each of its ends the other ship must be where the silent one can have been without
-- going faster than $bridge_kn: within the distance where a silence begins or ends, and no further off in
-- between than the ship can have come and can go back. If a silence fails anywhere, or the other ship is not known
-- all through it, none of it is bridged; asked twice, so that two silences that overlap fail together.
with sides as (
    select
        i.watch, i.segment_1, i.segment_2, i.from_s, i.to_s, i.lost, 1 as side, l.n,
        l.t_0, l.x_0, l.y_0, l.z_0, l.t_1, l.x_1, l.y_1, l.z_1,
        i.x_2_from as x_from, i.y_2_from as y_from, i.z_2_from as z_from,
        i.x_2_to as x_to, i.y_2_to as y_to, i.z_2_to as z_to
    from encounter_intervals as i
    inner join encounter_windows as w on i.watch = w.watch
    inner join encounter_legs as l on w.mmsi_1 = l.mmsi and i.n_1 = l.n
    where i.silent_1
    union all
    select
        i.watch, i.segment_1, i.segment_2, i.from_s, i.to_s, i.lost, 2 as side, l.n,
        l.t_0, l.x_0, l.y_0, l.z_0, l.t_1, l.x_1, l.y_1, l.z_1,
        i.x_1_from as x_from, i.y_1_from as y_from, i.z_1_from as z_from,
        i.x_1_to as x_to, i.y_1_to as y_to, i.z_1_to as z_to
    from encounter_intervals as i
    inner join encounter_windows as w on i.watch = w.watch
    inner join encounter_legs as l on w.mmsi_2 = l.mmsi and i.n_2 = l.n
    where i.silent_2
),

far as (
    select
        *, cast($bridge_kn as double) * 1852 / 3600 as m_s,
        sqrt(power(x_from - x_0, 2) + power(y_from - y_0, 2) + power(z_from - z_0, 2)) as from_0_m,
        sqrt(power(x_from - x_1, 2) + power(y_from - y_1, 2) + power(z_from - z_1, 2)) as from_1_m,
        sqrt(power(x_to - x_0, 2) + power(y_to - y_0, 2) + power(z_to - z_0, 2)) as to_0_m,
        sqrt(power(x_to - x_1, 2) + power(y_to - y_1, 2) + power(z_to - z_1, 2)) as to_1_m
    from sides
),

judged as (
    select
        watch, segment_1, segment_2, from_s, side, n, to_s - from_s as long_s, t_1 - t_0 as silence_s,
        case
            when
                not lost
                and from_0_m <= cast($distance_m as double) + m_s * (from_s - t_0)
                and from_1_m <= cast($distance_m as double) + m_s * (t_1 - from_s)
                and to_0_m <= cast($distance_m as double) + m_s * (to_s - t_0)
                and to_1_m <= cast($distance_m as double) + m_s * (t_1 - to_s)
                then 1
            else 0
        end as possible
    from far
),

once as (
    select
        *,
        case
            when sum(long_s) over (partition by watch, segment_1, segment_2, side, n) < silence_s - 0.001 then 0
            else min(possible) over (partition by watch, segment_1, segment_2, side, n)
        end as whole
    from judged
),

jointly as (
    select *, min(whole) over (partition by watch, segment_1, segment_2, from_s) as joint
    from once
),

twice as (
    select *, min(joint) over (partition by watch, segment_1, segment_2, side, n) as whole_again
    from jointly
)

select watch, segment_1, segment_2, from_s
from twice
group by watch, segment_1, segment_2, from_s
having min(whole_again) = 1
