-- Where each ship is at each mark, as far as that is known.
--
-- One row a ship and mark that a leg, or a silence that may be bridged, crosses; for a ship with a leap, a row
-- for each small cube in which it has positions, at the mark nearest to them, and the cube's middle for a place.
-- `slack_m` is how far the ship may be from the place: none on a leg, in a silence how far it can have gone from the
-- end that is nearer in time. `speed_kn` is that of the way that crosses the mark, 0 where there are several ships.
with doubtful as (
    select distinct mmsi
    from encounter_steps
    where leap
),

crossed as (
    select
        s.*, s.t_1 - s.t_0 > 3600 * cast($leg_h as double) as silent,
        unnest(generate_series(s.stretch_before + 1, s.stretch)) as mark
    from encounter_steps as s
    left join doubtful as d on s.mmsi = d.mmsi
    where
        d.mmsi is null and s.t_1 - s.t_0 <= 3600 * cast($silence_h as double)
        and (
            s.t_1 - s.t_0 <= 3600 * cast($leg_h as double)
            or s.distance_m <= (s.t_1 - s.t_0) * cast($bridge_kn as double) * 1852 / 3600
        )
),

shared as (
    select *, mark * cast($mark_s as double) - t_0 as after_s, t_1 - mark * cast($mark_s as double) as before_s
    from crossed
),

scattered as (
    select
        p.mmsi,
        cast(round(date_diff('microsecond', timestamp '1970-01-01', p.t) / 1e6 / cast($mark_s as double)) as bigint) as mark,
        6371008.8 * cos(radians(p.lat)) * cos(radians(p.lon)) as x,
        6371008.8 * cos(radians(p.lat)) * sin(radians(p.lon)) as y,
        6371008.8 * sin(radians(p.lat)) as z,
        cast($most_slack_m as double) / 4 as edge_m
    from positions as p
    inner join doubtful as d on p.mmsi = d.mmsi
    where p.lon between -180 and 180 and p.lat between -90 and 90
),

known as (
    select
        mmsi, mark,
        x_0 + (x_1 - x_0) * after_s / (t_1 - t_0) as x,
        y_0 + (y_1 - y_0) * after_s / (t_1 - t_0) as y,
        z_0 + (z_1 - z_0) * after_s / (t_1 - t_0) as z,
        case when silent then least(after_s, before_s) * cast($bridge_kn as double) * 1852 / 3600 else 0 end as slack_m,
        distance_m / (t_1 - t_0) * 3600 / 1852 as speed_kn
    from shared
    union all
    select distinct
        mmsi, mark,
        (floor(x / edge_m) + 0.5) * edge_m as x, (floor(y / edge_m) + 0.5) * edge_m as y, (floor(z / edge_m) + 0.5) * edge_m as z,
        cast($most_slack_m as double) / 2 + sqrt(3) / 2 * edge_m as slack_m,
        0 as speed_kn
    from scattered
)

select * from known
